/** Invented names of makers, series and places: an onset and an ending, so that a single name is rare. */
export const onsets = (
  'Al Ar Bel Ber Bran Cal Car Dal Dor Ed El Fal Fen Gal Gar Hal Har Hol Ing Ir Jor Kal Kel Kir Lan Lin Lor Mar Mer Mor ' +
  'Nar Nor Ol Or Pel Por Ran Ros Sal Sel Sor Tal Tor Ul Val Ver Vin Wel Wes Yr'
).split(' ')

export const endings = (
  'berg by dal den dor eth field ford gard ham hus ia in ith land leigh lin low mark mere mond moor nes ova ra ric ridge ' +
  'rin ros sen shaw sted stone sund ta ton vale vik wick wood'
).split(' ')
