import { type Family, kind } from './family.ts'

const uses = ['Ages well, and says so.', 'Made for every day rather than for guests.', 'Looks right in any room.']

export const home: Family[] = [
  {
    kinds: [
      kind('mug', 'mug', 8, 35),
      kind('teapot', 'teapot', 29, 99),
      kind('salad bowl', 'bowl', 15, 79),
      kind('vase', 'vase', 14, 119),
      kind('plant pot', 'plant', 9, 59),
    ],
    qualities: ['round', 'low', 'glazed', 'hand-thrown', 'plain', 'everyday'],
    materials: ['stoneware', 'porcelain', 'earthenware', 'recycled glass'],
    makings: [
      'Made of {material}, one at a time, so that no two are quite the same.',
      'Formed from {material} and fired twice.',
    ],
    uses: ['It goes in the dishwasher and survives the floor, within reason.', ...uses],
  },
  {
    kinds: [
      kind('kettle', 'kettle', 35, 129),
      kind('frying pan', 'pan', 29, 149),
      kind('kitchen knife', 'knife', 29, 199),
      kind('desk lamp', 'desk-lamp', 35, 189),
      kind('wall clock', 'clock', 25, 119),
    ],
    qualities: ['plain', 'brushed', 'small', 'large', 'balanced', 'everyday'],
    materials: ['enamelled steel', 'carbon steel', 'brass', 'stainless steel', 'copper'],
    makings: [
      'Made of {material} and put together without glue.',
      'Formed from {material} by people who sign their work.',
    ],
    uses: ['Spare parts are kept for twenty years.', ...uses],
  },
  {
    kinds: [
      kind('chair', 'chair', 89, 549),
      kind('stool', 'stool', 45, 219),
      kind('reading lamp', 'lamp', 39, 249),
      kind('picture frame', 'frame', 12, 69),
      kind('storage basket', 'basket', 17, 79),
    ],
    qualities: ['low', 'round', 'turned', 'folding', 'stackable', 'plain', 'everyday'],
    materials: ['oak', 'ash', 'beech', 'willow', 'walnut'],
    makings: [
      'Made of {material}, oiled twice and ready for use.',
      'A simple shape in {material} that takes up little room.',
    ],
    uses: ['It stands firm on old floors.', ...uses],
  },
  {
    kinds: [kind('cushion', 'cushion', 17, 69), kind('blanket', 'blanket', 39, 199), kind('candle', 'candle', 6, 39)],
    qualities: ['soft', 'plain', 'striped', 'undyed', 'large', 'everyday'],
    materials: ['wool', 'linen', 'beeswax', 'cotton'],
    makings: ['Made with {material} and nothing else.', 'The {material} comes from a farm that we visit every year.'],
    uses: ['For the chair by the window.', ...uses],
  },
]
