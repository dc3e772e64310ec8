/** Drawn on a 200 × 160 board with the floor at y = 138; the classes are colours, see styles/pictures.css. */
export const home = {
  lamp: (
    <>
      <rect className="t" x="96" y="70" width="8" height="60" />
      <path className="m" d="M74 22h52l26 58H48z" />
      <path className="l" d="M74 22h18l-10 58H48z" />
      <path className="sk" strokeWidth="2" d="M126 80v20" />
      <circle className="k" cx="126" cy="102" r="3" />
      <path className="d" d="M70 138a30 12 0 0 1 60 0z" />
    </>
  ),
  'desk-lamp': (
    <>
      <path className="sk" strokeWidth="6" d="M78 130l-22-50 52-40" />
      <circle className="d" cx="56" cy="80" r="7" />
      <path className="w" d="M126 76l26 46h-50z" opacity=".55" />
      <path className="m" d="M100 26l40 28a38 38 0 0 1-14 24l-42-30z" />
      <circle className="l" cx="124" cy="74" r="9" />
      <path className="d" d="M44 138c0-14 60-14 68 0z" />
    </>
  ),
  mug: (
    <>
      <path className="sd" strokeWidth="12" d="M134 70h10a22 22 0 0 1 0 44h-12" />
      <path className="m" d="M52 48h86v70a20 20 0 0 1-20 20H72a20 20 0 0 1-20-20z" />
      <path className="l" d="M52 74h86v14H52zM52 98h86v6H52z" />
      <path className="sg" strokeWidth="4" d="M80 36c-6-8 6-12 0-20M104 36c-6-8 6-12 0-20" />
    </>
  ),
  teapot: (
    <>
      <path className="sd" strokeWidth="9" d="M146 74c28-6 34 40-4 44" />
      <path className="d" d="M58 98L26 66l-8 6c8 24 20 44 44 50z" />
      <path className="m" d="M52 100c0-30 20-46 50-46s50 16 50 46-20 38-50 38-50-8-50-38z" />
      <path className="l" d="M70 62c16-10 48-10 64 0-8 8-56 8-64 0z" />
      <circle className="d" cx="102" cy="46" r="9" />
      <path className="sl" strokeWidth="4" d="M64 102c20 10 56 10 76 0" />
    </>
  ),
  kettle: (
    <>
      <path className="sk" strokeWidth="8" d="M70 58c4-44 60-44 64 0" />
      <path className="d" d="M56 100L24 76l10-10 32 14z" />
      <path className="m" d="M70 56h64l22 70a9 9 0 0 1-9 12H57a9 9 0 0 1-9-12z" />
      <path className="l" d="M84 66h10l-10 62H70z" />
      <rect className="d" x="78" y="48" width="48" height="10" rx="5" />
      <circle className="k" cx="102" cy="43" r="6" />
    </>
  ),
  chair: (
    <>
      <path className="st" strokeWidth="8" d="M58 96l-10 42M142 96l10 42M74 96l-4 36M126 96l4 36" />
      <path className="m" d="M60 30a12 12 0 0 1 12-12h56a12 12 0 0 1 12 12l-6 56H66z" />
      <path className="sd" strokeWidth="3" d="M86 20l2 64M114 20l-2 64" />
      <path className="d" d="M50 84h100l4 12a6 6 0 0 1-6 8H52a6 6 0 0 1-6-8z" />
    </>
  ),
  stool: (
    <>
      <path className="st" strokeWidth="8" d="M70 64l-18 74M130 64l18 74M60 108h80" />
      <path className="st" strokeWidth="6" d="M92 64l-4 66M108 64l4 66" />
      <rect className="m" x="48" y="40" width="104" height="26" rx="13" />
      <path className="l" d="M61 40h78a13 13 0 0 1 12 9H49a13 13 0 0 1 12-9z" />
    </>
  ),
  plant: (
    <>
      <path
        className="leaf"
        d="M98 98C60 96 40 72 42 40c36 4 56 26 56 58zM102 98c-2-36 20-62 56-66 2 36-18 64-56 66z"
      />
      <path className="leaf" d="M100 98c-20-26-20-56 0-84 20 28 20 58 0 84z" />
      <path className="leaf-vein" d="M100 34v64M58 54l40 44M142 50l-40 48" />
      <path className="m" d="M64 96h72l-8 36a8 8 0 0 1-8 6H80a8 8 0 0 1-8-6z" />
      <rect className="d" x="58" y="90" width="84" height="14" rx="4" />
    </>
  ),
  vase: (
    <>
      <path className="leaf-vein" d="M98 60C92 40 80 30 70 26M102 60c2-20 6-34 10-44M104 60c8-16 20-22 34-24" />
      <circle className="l" cx="68" cy="26" r="12" />
      <circle className="w" cx="112" cy="18" r="12" />
      <circle className="l" cx="140" cy="36" r="10" />
      <path className="d" d="M64 26h0a4 4 0 1 0 8 0 4 4 0 1 0-8 0zM108 18a4 4 0 1 0 8 0 4 4 0 1 0-8 0z" />
      <path className="m" d="M84 54h36c-4 14 26 24 26 50 0 20-14 34-26 34H84c-12 0-26-14-26-34 0-26 30-36 26-50z" />
      <path className="l" d="M60 94c26 10 58 10 84 0l2 10c-28 12-60 12-88 0z" />
    </>
  ),
  candle: (
    <>
      <path className="l" d="M100 14c16 18 16 34 0 38-16-4-16-20 0-38z" />
      <path className="w" d="M100 30c7 9 7 18 0 20-7-2-7-11 0-20z" />
      <path className="sk" strokeWidth="3" d="M100 50v14" />
      <rect className="w" x="72" y="62" width="56" height="30" />
      <path className="m" d="M62 78h76v50a10 10 0 0 1-10 10H72a10 10 0 0 1-10-10z" />
      <rect className="l" x="80" y="94" width="40" height="24" rx="3" />
      <path className="sd" strokeWidth="3" d="M88 103h24M92 110h16" />
    </>
  ),
  pan: (
    <>
      <path className="st" strokeWidth="11" d="M136 96l50-22" />
      <path className="k" d="M22 92h124v14a32 32 0 0 1-32 32H54a32 32 0 0 1-32-32z" />
      <path className="m" d="M14 82h140v10a6 6 0 0 1-6 6H20a6 6 0 0 1-6-6z" />
      <path className="d" d="M30 82c8-30 100-30 108 0z" />
      <path className="sl" strokeWidth="4" d="M46 76c8-10 20-14 30-15" />
      <circle className="k" cx="84" cy="56" r="7" />
    </>
  ),
  bowl: (
    <>
      <path className="d" d="M74 126h52l6 12H68z" />
      <path className="l" d="M34 74c10-34 122-34 132 0z" />
      <circle className="w" cx="76" cy="64" r="12" />
      <circle className="m" cx="104" cy="58" r="13" />
      <circle className="w" cx="130" cy="66" r="10" />
      <path className="m" d="M24 72h152c0 36-28 58-62 58H86c-34 0-62-22-62-58z" />
      <path className="sl" strokeWidth="4" d="M34 86h132" />
    </>
  ),
  blanket: (
    <>
      <rect className="d" x="34" y="104" width="132" height="34" rx="14" />
      <rect className="m" x="34" y="72" width="132" height="38" rx="16" />
      <rect className="l" x="40" y="44" width="120" height="34" rx="15" />
      <path className="sd" strokeWidth="5" d="M64 74v34M76 74v34M124 74v34M136 74v34" />
      <path className="sw" strokeWidth="4" d="M70 46v30M130 46v30" />
      <path
        className="sm"
        strokeWidth="3"
        d="M44 138v8M58 138v8M72 138v8M86 138v8M100 138v8M114 138v8M128 138v8M142 138v8M156 138v8"
      />
    </>
  ),
  cushion: (
    <>
      <path
        className="m"
        d="M38 34c40 8 84 8 124 0 6 0 8 4 6 8-10 28-10 56 0 84 2 6-2 10-8 8-40-8-80-8-120 0-6 2-10-2-8-8 10-28 10-56 0-84-2-4 0-8 6-8z"
      />
      <path className="l" d="M100 50l34 34-34 34-34-34z" />
      <path className="d" d="M100 68l16 16-16 16-16-16z" />
    </>
  ),
  clock: (
    <>
      <path className="st" strokeWidth="7" d="M66 118l-12 20M134 118l12 20" />
      <circle className="d" cx="62" cy="34" r="16" />
      <circle className="d" cx="138" cy="34" r="16" />
      <circle className="m" cx="100" cy="78" r="54" />
      <circle className="w" cx="100" cy="78" r="42" />
      <path className="sg" strokeWidth="4" d="M100 42v6M100 108v6M64 78h6M130 78h6" />
      <path className="sk" strokeWidth="5" d="M100 78V54M100 78l18 12" />
      <circle className="m" cx="100" cy="78" r="5" />
    </>
  ),
  knife: (
    <>
      <rect className="t" x="26" y="84" width="148" height="54" rx="10" />
      <circle className="w" cx="156" cy="111" r="7" />
      <path className="g" d="M20 66c30-28 60-34 98-34v34z" />
      <path className="w" d="M20 66c34-10 64-12 98-12v12z" opacity=".6" />
      <path className="m" d="M118 30h48a14 14 0 0 1 14 14v10a12 12 0 0 1-12 12h-50z" />
      <path className="sl" strokeWidth="5" d="M134 48h0M150 48h0M166 48h0" />
      <path className="sd" strokeWidth="2" d="M40 100h90M40 112h70M40 124h84" opacity=".35" />
    </>
  ),
  frame: (
    <>
      <rect className="t" x="44" y="18" width="112" height="120" rx="3" />
      <rect className="w" x="54" y="28" width="92" height="100" />
      <rect className="l" x="66" y="42" width="68" height="72" />
      <circle className="w" cx="114" cy="62" r="9" />
      <path className="m" d="M66 96l22-24 18 18 10-10 18 18v16H66z" />
      <path className="d" d="M66 106c20-12 44-10 68 0v8H66z" />
    </>
  ),
  basket: (
    <>
      <path className="st" strokeWidth="7" d="M62 70c0-64 76-64 76 0" />
      <path className="l" d="M52 70c10-22 30-20 40-8 14-16 46-14 56 8z" />
      <path className="m" d="M36 70h128l-14 62a8 8 0 0 1-8 6H58a8 8 0 0 1-8-6z" />
      <path className="sd" strokeWidth="4" d="M44 88h112M48 106h104M52 122h96M76 72l6 64M124 72l-6 64M100 72v64" />
      <rect className="d" x="30" y="62" width="140" height="14" rx="7" />
    </>
  ),
}
