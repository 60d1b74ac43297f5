import { expect, test } from 'vitest';
import { draftOfQuestion, localText, readLocal, readQuestion } from './form-draft.ts';

test('a question is typed and read back, in every language that has words', () => {
  const question = {
    key: 'shirt',
    kind: 'choice' as const,
    required: true,
    label: { en: 'Shirt', 'pt-br': 'Camiseta' },
    options: [{ en: 'Small', 'pt-br': 'Pequena', es: 'Pequeña' }, { en: 'XL' }],
  };
  const draft = draftOfQuestion(question);
  expect(draft).toMatchObject({ en: 'Shirt', ptBr: 'Camiseta', es: '' });
  expect(draft.options).toBe('Small / Pequena / Pequeña\nXL');
  expect(readQuestion(draft)).toEqual(question);
  expect(readQuestion({ ...draft, kind: 'yes_no' }).options).toEqual([]);
});

test('times are by the clocks of the event', () => {
  const at = new Date('2027-05-01T13:00:00Z');
  expect(localText(at, 'America/Sao_Paulo')).toBe('2027-05-01T10:00');
  expect(readLocal('2027-05-01T10:00', 'America/Sao_Paulo')).toEqual(at);
  expect([localText(null, 'UTC'), readLocal('', 'UTC')]).toEqual(['', null]);
});
