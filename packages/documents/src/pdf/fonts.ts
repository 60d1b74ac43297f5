import { fileURLToPath } from 'node:url';

const file = (specifier: string) => fileURLToPath(import.meta.resolve(specifier));

/** Embedded, so that a name with any Latin, Greek or Cyrillic letter prints on any machine. Names are what pdfkit draws with. */
export const fonts = {
  regular: file('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  semibold: file('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  display: file(
    '@expo-google-fonts/bricolage-grotesque/800ExtraBold/BricolageGrotesque_800ExtraBold.ttf',
  ),
};
