import { describe, expect, test } from 'vitest';
import { type ApplicationFields, checkApplication, type FormRules } from './check-application.ts';

const form: FormRules = {
  asksPhoto: true,
  asksDocument: true,
  asksBirthDate: true,
  questions: [
    {
      key: 'shirt',
      label: { en: 'Shirt' },
      kind: 'choice',
      required: true,
      options: [{ en: 'M' }],
    },
    { key: 'car', label: { en: 'Car?' }, kind: 'yes_no', required: false, options: [] },
  ],
};
const right: ApplicationFields = {
  name: 'Ana Lima',
  email: '',
  document: '12.345-6',
  birthDate: '1990-02-28',
  answers: { shirt: 'M', car: 'yes' },
};
const check = (changes: Partial<ApplicationFields>, needsEmail = false) =>
  checkApplication({ ...right, ...changes }, form, { today: '2027-05-01', needsEmail });

describe('X-4: an application', () => {
  test('is right when it has all that is asked', () => {
    expect(check({})).toEqual({});
    expect(
      checkApplication(
        { ...right, document: '', birthDate: '', answers: {} },
        {
          ...form,
          asksDocument: false,
          asksBirthDate: false,
          questions: [],
        },
        { today: '2027-05-01', needsEmail: false },
      ),
    ).toEqual({});
  });

  test.each<[Partial<ApplicationFields>, Record<string, string>]>([
    [{ name: '  ' }, { name: 'missing' }],
    [{ name: 'x'.repeat(121) }, { name: 'too_long' }],
    [{ email: 'ana@example' }, { email: 'malformed' }],
    [{ document: '-.-' }, { document: 'malformed' }],
    [{ birthDate: '1990-02-30' }, { birthDate: 'malformed' }],
    [{ birthDate: '2027-05-01' }, { birthDate: 'malformed' }],
    [{ birthDate: '28/02/1990' }, { birthDate: 'malformed' }],
    [
      { answers: { shirt: 'XXL', car: 'perhaps' } },
      { 'answers.shirt': 'not_an_option', 'answers.car': 'not_an_option' },
    ],
    [{ answers: {} }, { 'answers.shirt': 'missing' }],
  ])('%o says what is wrong with each field', (changes, problems) => {
    expect(check(changes)).toEqual(problems);
  });

  test('needs an address where nobody else can be written to', () => {
    expect(check({}, true)).toEqual({ email: 'missing' });
  });
});
