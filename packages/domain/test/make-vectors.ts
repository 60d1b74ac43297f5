import { mkdirSync, writeFileSync } from 'node:fs';
import { admissionVectors, barcodeVectors, tokenVectors, vectorText } from './vectors.ts';

/* `pnpm vectors` writes vectors/*.json from the cases of the tests. A change in them is a change of what every runtime must do. */

const folder = new URL('../vectors/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('token.json', folder), vectorText(tokenVectors()));
writeFileSync(new URL('barcode.json', folder), vectorText(barcodeVectors()));
writeFileSync(new URL('admission.json', folder), vectorText(admissionVectors()));
