/** Which edition of the event the page shows. All parts of the page save onto it, and each save makes the next one. */
export class Edition {
  version = $state(1);

  constructor(version: number) {
    this.version = version;
  }
}
