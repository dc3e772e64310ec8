import { type Family, kind } from './family.ts'

const uses = [
  'Wash it cold and hang it up; it needs no iron.',
  'Repairs are free for as long as you own it.',
  'Made for rain, wind and the walk home.',
  'It will look better after a year than now.',
]

export const clothing: Family[] = [
  {
    kinds: [
      kind('sweater', 'sweater', 49, 219),
      kind('scarf', 'scarf', 19, 99),
      kind('beanie', 'beanie', 14, 49),
      kind('socks', 'socks', 7, 29),
      kind('mittens', 'mittens', 17, 69),
    ],
    qualities: ['heavy', 'light', 'ribbed', 'undyed', 'striped', 'cabled', 'everyday'],
    materials: ['merino wool', 'lambswool', 'alpaca', 'cotton and wool', 'Shetland wool'],
    makings: [
      'Knitted from {material} in the round, so that no seam can give.',
      'Made of {material}, spun in a mill that does nothing else.',
    ],
    uses: ['Warm when wet, and dry by the morning.', 'It fits close without being tight.', ...uses],
  },
  {
    kinds: [
      kind('jacket', 'jacket', 79, 329),
      kind('T-shirt', 't-shirt', 15, 59),
      kind('trousers', 'trousers', 45, 169),
      kind('dress', 'dress', 49, 249),
      kind('cap', 'cap', 15, 45),
    ],
    qualities: ['heavy', 'light', 'washed', 'quilted', 'striped', 'straight', 'everyday'],
    materials: ['organic cotton', 'linen', 'hemp', 'denim', 'corduroy', 'waxed cotton'],
    makings: [
      'Cut from {material} and sewn with a seam that can be let out.',
      'Made of {material}, washed before it is cut so that it keeps its size.',
    ],
    uses: ['The seams are double where it wears first.', 'True to size.', ...uses],
  },
  {
    kinds: [
      kind('walking boots', 'boot', 99, 349),
      kind('canvas shoes', 'shoe', 39, 149),
      kind('backpack', 'backpack', 49, 199),
      kind('umbrella', 'umbrella', 19, 89),
    ],
    qualities: ['windproof', 'waxed', 'sturdy', 'light', 'folding', 'everyday'],
    materials: ['heavy canvas', 'recycled polyester', 'vegetable-tanned leather', 'waxed canvas'],
    makings: [
      'Made of {material} with fittings of brass.',
      'Stitched from {material}, and stitched again where it carries.',
    ],
    uses: ['It dries overnight.', 'Every part of it can be replaced.', ...uses],
  },
]
