import { type Family, kind } from './family.ts'

const uses = [
  'Updates are promised for eight years.',
  'It works with whatever you own already.',
  'It has one button, and you will not need the manual.',
  'Made for desks, trains and kitchens alike.',
]

export const electronics: Family[] = [
  {
    kinds: [
      kind('over-ear headphones', 'headphones', 49, 349),
      kind('earbuds', 'earbuds', 19, 199),
      kind('pocket radio', 'radio', 29, 149),
      kind('bookshelf speaker', 'speaker', 79, 599),
    ],
    qualities: ['studio', 'everyday', 'travel', 'silent', 'warm', 'classic'],
    materials: ['birch plywood', 'aluminium', 'painted steel', 'bamboo', 'walnut'],
    makings: [
      'Housed in {material}, held by screws and never by glue.',
      'The case is {material}, and every part in it can be ordered.',
    ],
    uses: ['Tuned by ear, then measured, then tuned again.', 'The battery is changed without tools.', ...uses],
  },
  {
    kinds: [
      kind('mechanical keyboard', 'keyboard', 59, 229),
      kind('mouse', 'mouse', 15, 99),
      kind('laptop', 'laptop', 499, 2_499),
      kind('monitor', 'monitor', 139, 899),
      kind('phone', 'phone', 199, 1_099),
      kind('gamepad', 'gamepad', 29, 99),
    ],
    qualities: ['compact', 'repairable', 'everyday', 'featherweight', 'silent', 'office'],
    materials: ['aluminium', 'magnesium', 'recycled plastic', 'glass fibre'],
    makings: [
      'Built around a frame of {material} that one person can open.',
      'A shell of {material}, light and stiff.',
    ],
    uses: ['The battery lasts a working week.', 'Charges over USB-C.', ...uses],
  },
  {
    kinds: [
      kind('instant camera', 'camera', 69, 249),
      kind('wristwatch', 'watch', 49, 399),
      kind('power bank', 'power-bank', 19, 89),
      kind('charging cable', 'cable', 6, 29),
    ],
    qualities: ['compact', 'long-life', 'travel', 'classic', 'everyday'],
    materials: ['brushed steel', 'recycled plastic', 'braided nylon', 'aluminium'],
    makings: ['Finished in {material} that takes a knock.', 'Made with {material} where others save.'],
    uses: ['Small enough for any pocket.', 'Rated for ten thousand uses.', ...uses],
  },
]
