import { foldForSearch } from '@catraca/domain';
import type { Dice } from './random.ts';

/** Parts of names from all over, put together at random: the people of the demo are nobody. */
const givenNames = `
  Abelardo Adaeze Agnes Aiko Aílton Akemi Alaíde Alice Amara Amélia Ana Anahí Antônia Araci Ariel Artur Ayla Bárbara Benedito
  Bento Bianca Brígida Caetano Camila Caio Cauã Cecília Chiara Cícero Clara Conceição Dalila Damião Dandara Davi Débora Diego
  Dimitri Edite Elias Elisa Emília Enzo Érico Esmeralda Estela Eva Fátima Félix Fernanda Flora Franz Gael Giovana Graça Greta
  Guilherme Haruki Heitor Helena Hugo Iara Ibrahim Ícaro Inês Ingrid Irene Isaura Ivo Jacira Jaci Janaína Joana João Jorge
  José Júlia Juma Kaíque Karin Kauê Kenji Lara Layla Leandro Lélia Léo Letícia Lígia Lívia Lorenzo Luana Luísa Lúcia Maíra
  Malu Manoela Marcelo Mariana Marta Mateus Mei Miguel Milena Moacir Nádia Naomi Nara Natan Nicolau Nina Noé Odara Olga
  Olívia Omar Otávio Paloma Paulo Pedro Petra Pilar Rafaela Raí Raoni Raul Rebeca Renata Ricardo Rita Rodrigo Rosa Rui Ruth
  Samira Sérgio Sofia Sônia Tadeu Tainá Tarsila Téo Teresa Thiago Tiê Tomás Ubiratã Ulisses Valentina Vânia Vera Vicente
  Vitória Wagner Wilma Yara Yasmin Yuri Zaíra Zélia Zoé Zuri`
  .split(/\s+/)
  .filter(Boolean);

const familyNames = `
  Abreu Aguiar Albuquerque Almeida Alves Amado Amaral Andrade Antunes Aoki Aragão Araújo Arruda Assis Avelar Azevedo
  Bacelar Baptista Barbosa Barreto Bastos Becker Benítez Bezerra Bianchi Bittencourt Borges Braga Brandão Brito Bueno
  Cabral Caldeira Camargo Campos Cardoso Carneiro Carvalho Castro Cavalcanti Chaves Coelho Conti Cordeiro Correia Costa
  Cunha Dantas Dias Diniz Duarte Esteves Falcão Faria Fernandes Ferraz Ferreira Figueira Fischer Fonseca Fontes Franco
  Freire Freitas Frota Fujita Furtado Gallo Garcia Gomes Gonçalves Guarani Guedes Haddad Hoffmann Ibarra Inoue Jardim
  Keller Khalil Kimura Lacerda Leal Leite Lima Lobato Lopes Macedo Machado Maia Marinho Marques Martins Matos Medeiros
  Meireles Melo Mendes Menezes Miranda Monteiro Moraes Moreira Moretti Mota Moura Nakamura Nascimento Neves Nkosi Nogueira
  Novaes Nunes Okafor Oliveira Ortiz Pacheco Paiva Peixoto Pereira Pinheiro Pires Portela Prado Queiroz Quispe Ramos
  Rangel Rezende Ribeiro Rocha Romero Rossi Sá Sales Salgado Salomão Sampaio Santana Santos Saraiva Sato Schmidt Serra
  Silva Silveira Soares Sousa Tavares Teixeira Toledo Torres Uchôa Valadares Valente Vargas Vasconcelos Veloso Viana
  Vidal Vieira Watanabe Werneck Xavier Yamada Zanetti`
  .split(/\s+/)
  .filter(Boolean);

export function drawName(dice: Dice): string {
  const given = dice.pick(givenNames);
  const family = dice.pick(familyNames);
  const shape = dice.fraction();
  if (shape < 0.2) return `${given} ${dice.pick(givenNames)} ${family}`;
  if (shape < 0.55) return `${given} ${dice.pick(familyNames)} ${family}`;
  if (shape < 0.62) return `${given} de ${family}`;
  return `${given} ${family}`;
}

/** An address nobody has, in the domain that is kept for examples. */
export function emailOf(name: string, number: number): string {
  return `${foldForSearch(name).replaceAll(' ', '.')}.${number}@example.com`;
}
