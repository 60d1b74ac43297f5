/** Where the gateway has its certificate from. */
export interface CertificateSource {
  /** Sees to it that there is a certificate to start with. */
  prepare(): void;
  /** Sees to it that the certificate is good, and for long. @returns whether it is a new one. @throws when none is to be had. */
  renew(): Promise<boolean>;
}
