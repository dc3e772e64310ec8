import { type Family, kind } from './family.ts'

export const books: Family[] = [
  {
    kinds: [
      kind('novel', 'novel', 11, 29),
      kind('atlas', 'atlas', 29, 79),
      kind('cookbook', 'cookbook', 19, 49),
      kind('garden', 'garden', 17, 45),
      kind('comic', 'comic', 9, 35),
      kind('poems', 'poetry', 12, 32),
      kind('history', 'book-stack', 16, 48),
      kind('field guide', 'science', 18, 52),
      kind('letters', 'book', 18, 42),
      kind('journeys', 'open-book', 14, 38),
      kind('notebook', 'notebook', 6, 24),
    ],
    qualities: [
      'quiet',
      'forgotten',
      'northern',
      'hidden',
      'shorter',
      'unfinished',
      'wandering',
      'illustrated',
      'distant',
      'everyday',
    ],
    materials: ['uncoated paper', 'recycled paper', 'wood-free paper', 'thin paper'],
    makings: [
      'Printed on {material} and sewn, so that it stays open.',
      'Bound in linen and printed on {material}, with a ribbon and an index.',
      'A paperback on {material} that fits a coat pocket.',
    ],
    uses: [
      'It starts slowly, like the season, and does not let go.',
      'The maps alone are worth the money.',
      'Winner of two prizes, and the better for a second reading.',
      'Translated for the first time.',
      'With an afterword, and a list of what to read next.',
      'Made for long evenings and short journeys.',
    ],
  },
]
