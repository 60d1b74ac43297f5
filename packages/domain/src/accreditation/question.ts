/** Words in the languages of the storefront; `en` is always there and is the fallback. */
interface Words {
  en: string;
  'pt-br'?: string;
  es?: string;
}

/** Something an event asks of a person: on an application, or before they come. */
export interface Question {
  /** Names the answer; unique in its form, and never given to another question. */
  key: string;
  label: Words;
  kind: 'text' | 'choice' | 'yes_no';
  required: boolean;
  /** Of a `choice`. */
  options: Words[];
}
