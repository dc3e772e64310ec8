/** Drawn on a 200 × 160 board with the floor at y = 138; the classes are colours, see styles/pictures.css. */

/** The closed book that most covers are printed on: spine on the left, pages showing below. */
const cover = (
  <>
    <path className="w" d="M58 118h88v18H62a9 9 0 0 1-4-18z" />
    <path className="sg" strokeWidth="2" d="M64 124h80M64 130h80" />
    <path
      className="m"
      d="M66 20h78a4 4 0 0 1 4 4v92a4 4 0 0 1-4 4H66c-6 0-8 3-8 6s2 6 8 6h82v6H66c-10 0-16-6-16-14V34c0-9 6-14 16-14z"
    />
    <path className="d" d="M66 20v98c-6 0-12 2-16 6V34c0-9 6-14 16-14z" />
  </>
)

export const books = {
  book: (
    <>
      {cover}
      <rect className="l" x="80" y="38" width="54" height="30" rx="2" />
      <path className="sd" strokeWidth="4" d="M90 48h34M96 58h22" />
      <path className="sl" strokeWidth="4" d="M94 98h26" />
    </>
  ),
  novel: (
    <>
      {cover}
      <path className="d" d="M66 92l24-24 18 16 16-20 24 26v26a4 4 0 0 1-4 4H66z" />
      <circle className="l" cx="112" cy="48" r="14" />
      <path className="sw" strokeWidth="2" d="M82 36h0M92 54h0M136 34h0M132 60h0" />
    </>
  ),
  cookbook: (
    <>
      {cover}
      <circle className="w" cx="107" cy="70" r="26" />
      <circle className="l" cx="107" cy="70" r="17" />
      <path className="sd" strokeWidth="4" d="M74 50v10c0 6 8 6 8 0V50M78 52v42M138 94V50c-6 4-6 18 0 22" />
    </>
  ),
  poetry: (
    <>
      {cover}
      <path className="l" d="M134 32c-34 4-50 26-50 58 26-2 46-22 50-58z" />
      <path className="sd" strokeWidth="3" d="M126 42c-22 16-38 36-48 64M96 78h16M104 66h16" />
    </>
  ),
  atlas: (
    <>
      {cover}
      <circle className="l" cx="107" cy="68" r="29" />
      <path
        className="sd"
        strokeWidth="3"
        d="M107 39c-20 18-20 40 0 58M107 39c20 18 20 40 0 58M78 68h58M83 52h48M83 84h48"
      />
    </>
  ),
  science: (
    <>
      {cover}
      <g className="sl" strokeWidth="4">
        <ellipse cx="107" cy="70" rx="32" ry="12" />
        <ellipse cx="107" cy="70" rx="32" ry="12" transform="rotate(60 107 70)" />
        <ellipse cx="107" cy="70" rx="32" ry="12" transform="rotate(120 107 70)" />
      </g>
      <circle className="w" cx="107" cy="70" r="6" />
    </>
  ),
  garden: (
    <>
      {cover}
      <path className="sl" strokeWidth="4" d="M107 106V60" />
      <path className="l" d="M107 74c-24 0-28-14-28-24 18 0 28 8 28 24zM107 62c0-18 10-28 28-28 0 16-8 28-28 28z" />
      <path className="d" d="M86 100h42l-4 14H90z" />
    </>
  ),
  'open-book': (
    <>
      <path className="d" d="M18 46h164v92H18z" />
      <path className="w" d="M100 52c-16-14-46-16-74-10v84c28-6 58-4 74 10 16-14 46-16 74-10V42c-28-6-58-4-74 10z" />
      <path className="g" d="M100 52c4-4 8-6 14-8v82c-6 2-10 6-14 10z" opacity=".35" />
      <path
        className="sm"
        strokeWidth="4"
        d="M40 62c16-2 32 0 44 6M40 78c16-2 32 0 44 6M40 94c16-2 32 0 30 4M116 84c12-6 28-8 44-6M116 100c12-6 28-8 44-6"
      />
      <path className="m" d="M130 34h18v38l-9-8-9 8z" />
    </>
  ),
  'book-stack': (
    <>
      <rect className="m" x="34" y="110" width="132" height="28" rx="4" />
      <path className="w" d="M48 116h118v16H48z" />
      <rect className="d" x="46" y="82" width="116" height="28" rx="4" />
      <path className="w" d="M46 88h102v16H46z" />
      <rect className="l" x="40" y="56" width="108" height="26" rx="4" />
      <path className="w" d="M54 62h94v14H54z" />
      <path className="sg" strokeWidth="2" d="M50 124h114M48 96h98M56 69h90" />
      <path className="m" d="M64 30l74 8-3 18H60z" />
      <path className="d" d="M64 30l10 1-5 25h-9z" />
    </>
  ),
  notebook: (
    <>
      <rect className="d" x="58" y="22" width="94" height="116" rx="8" />
      <rect className="m" x="52" y="22" width="94" height="116" rx="8" />
      <path className="l" d="M128 22h8v116h-8z" />
      <rect className="w" x="68" y="44" width="46" height="22" rx="3" />
      <path className="sd" strokeWidth="3" d="M76 55h28" />
      <path className="sg" strokeWidth="4" d="M46 36h12M46 54h12M46 72h12M46 90h12M46 108h12M46 124h12" />
      <path className="t" d="M158 40l8 3-20 70-10 16-2-18z" />
      <path className="k" d="M136 129l2-11 6 3z" />
    </>
  ),
  comic: (
    <>
      <rect className="w" x="52" y="18" width="96" height="120" rx="3" />
      <path className="m" d="M60 26h80v44H60z" />
      <path className="l" d="M60 76h36v54H60z" />
      <path className="d" d="M102 76h38v54h-38z" />
      <path className="w" d="M118 32l6 10 12-4-5 11 9 8-13 1-1 11-9-9-11 6 4-12-10-7 13-2z" />
      <circle className="d" cx="78" cy="98" r="9" />
      <path className="d" d="M62 130c2-26 30-26 32 0z" />
      <path className="sw" strokeWidth="4" d="M110 92h20M110 102h14" />
      <path className="k" d="M60 56l20-14 14 28H60z" />
    </>
  ),
}
