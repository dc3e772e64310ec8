/** Drawn on a 200 × 160 board with the floor at y = 138; the classes are colours, see styles/pictures.css. */
export const electronics = {
  headphones: (
    <>
      <path className="sd" strokeWidth="10" d="M53 98V82a47 47 0 0 1 94 0v16" />
      <path className="sl" strokeWidth="4" d="M62 66a40 40 0 0 1 76 0" />
      <rect className="k" x="60" y="92" width="14" height="40" rx="6" />
      <rect className="k" x="126" y="92" width="14" height="40" rx="6" />
      <rect className="m" x="40" y="86" width="27" height="52" rx="13" />
      <rect className="m" x="133" y="86" width="27" height="52" rx="13" />
      <rect className="l" x="46" y="96" width="6" height="30" rx="3" />
      <rect className="l" x="148" y="96" width="6" height="30" rx="3" />
    </>
  ),
  earbuds: (
    <>
      <path className="sm" strokeWidth="11" d="M66 34v46M134 34v46" />
      <ellipse className="m" cx="74" cy="34" rx="18" ry="15" />
      <ellipse className="m" cx="126" cy="34" rx="18" ry="15" />
      <path
        className="l"
        d="M84 22a16 14 0 0 1 0 24c8 3 14-2 14-12s-6-15-14-12zM116 22a16 14 0 0 0 0 24c-8 3-14-2-14-12s6-15 14-12z"
      />
      <rect className="d" x="44" y="70" width="112" height="68" rx="26" />
      <path className="k" d="M54 70h92v8a6 6 0 0 1-6 6H60a6 6 0 0 1-6-6z" />
      <path className="sl" strokeWidth="3" d="M48 98h104" />
      <circle className="w" cx="100" cy="116" r="4" />
    </>
  ),
  laptop: (
    <>
      <rect className="k" x="42" y="34" width="116" height="84" rx="7" />
      <rect className="m" x="49" y="41" width="102" height="70" rx="2" />
      <path className="l" d="M49 95l34-26 22 16 20-14 26 20v18a2 2 0 0 1-2 2H51a2 2 0 0 1-2-2z" />
      <circle className="w" cx="126" cy="58" r="8" />
      <path className="g" d="M24 118h152v8a12 12 0 0 1-12 12H36a12 12 0 0 1-12-12z" />
      <path className="k" d="M82 118h36a6 6 0 0 1-6 6H88a6 6 0 0 1-6-6z" />
    </>
  ),
  phone: (
    <>
      <rect className="k" x="66" y="20" width="68" height="118" rx="12" />
      <rect className="m" x="72" y="27" width="56" height="104" rx="6" />
      <path className="d" d="M72 104c16-20 30 6 56-22v43a6 6 0 0 1-6 6H78a6 6 0 0 1-6-6z" />
      <circle className="l" cx="110" cy="60" r="12" />
      <rect className="k" x="90" y="31" width="20" height="6" rx="3" />
      <rect className="w" x="80" y="52" width="16" height="5" rx="2" />
      <rect className="w" x="80" y="62" width="10" height="5" rx="2" />
    </>
  ),
  camera: (
    <>
      <path className="g" d="M78 54l8-14h28l8 14z" />
      <rect className="k" x="46" y="44" width="20" height="12" rx="3" />
      <rect className="g" x="34" y="52" width="132" height="86" rx="10" />
      <rect className="m" x="34" y="70" width="132" height="50" />
      <circle className="k" cx="100" cy="95" r="35" />
      <circle className="d" cx="100" cy="95" r="26" />
      <circle className="k" cx="100" cy="95" r="16" />
      <circle className="l" cx="93" cy="88" r="6" />
      <rect className="w" x="142" y="58" width="14" height="7" rx="2" />
    </>
  ),
  speaker: (
    <>
      <rect className="m" x="58" y="18" width="84" height="120" rx="10" />
      <circle className="d" cx="100" cy="96" r="31" />
      <circle className="k" cx="100" cy="96" r="24" />
      <circle className="l" cx="100" cy="96" r="8" />
      <circle className="d" cx="100" cy="44" r="16" />
      <circle className="k" cx="100" cy="44" r="10" />
      <circle className="w" cx="130" cy="128" r="3" />
    </>
  ),
  radio: (
    <>
      <path className="sg" strokeWidth="4" d="M140 60l22-42" />
      <path className="sk" strokeWidth="6" d="M58 58V44a6 6 0 0 1 6-6h58a6 6 0 0 1 6 6v14" />
      <rect className="m" x="28" y="56" width="144" height="82" rx="12" />
      <rect className="d" x="40" y="68" width="66" height="58" rx="6" />
      <path className="sl" strokeWidth="4" d="M50 78h46M50 88h46M50 97h46M50 107h46M50 117h46" />
      <circle className="w" cx="138" cy="90" r="21" />
      <path className="sd" strokeWidth="4" d="M138 90l11-10" />
      <circle className="d" cx="138" cy="90" r="4" />
      <circle className="k" cx="124" cy="124" r="6" />
      <circle className="k" cx="152" cy="124" r="6" />
    </>
  ),
  keyboard: (
    <>
      <path className="d" d="M20 78h160v48a12 12 0 0 1-12 12H32a12 12 0 0 1-12-12z" />
      <rect className="m" x="20" y="62" width="160" height="68" rx="10" />
      <g className="w">
        <path d="M30 72h12v12H30zM47 72h12v12H47zM64 72h12v12H64zM81 72h12v12H81zM98 72h12v12H98zM115 72h12v12h-12zM132 72h12v12h-12z" />
        <path d="M30 89h18v12H30zM53 89h12v12H53zM70 89h12v12H70zM87 89h12v12H87zM104 89h12v12h-12zM121 89h12v12h-12zM138 89h12v12h-12z" />
        <path d="M30 106h12v12H30zM47 106h12v12H47zM132 106h12v12h-12zM149 106h21v12h-21z" />
      </g>
      <path className="l" d="M149 72h21v12h-21zM155 89h15v12h-15zM64 106h63v12H64z" />
    </>
  ),
  mouse: (
    <>
      <path className="sk" strokeWidth="4" d="M100 46c0-22 30-8 30-28" />
      <rect className="m" x="66" y="42" width="68" height="96" rx="34" />
      <path className="d" d="M66 88V76a34 34 0 0 1 34-34v46z" />
      <path className="sl" strokeWidth="3" d="M100 44v44M66 88h68" />
      <rect className="k" x="94" y="56" width="12" height="22" rx="6" />
    </>
  ),
  monitor: (
    <>
      <path className="g" d="M88 110h24l4 20H84z" />
      <rect className="k" x="64" y="128" width="72" height="10" rx="5" />
      <rect className="k" x="26" y="24" width="148" height="92" rx="8" />
      <rect className="m" x="33" y="31" width="134" height="78" rx="3" />
      <rect className="d" x="33" y="31" width="36" height="78" />
      <path className="sl" strokeWidth="5" d="M42 46h18M42 58h12M42 70h16" />
      <path className="sw" strokeWidth="4" d="M82 92l18-24 16 14 14-28 22 22" />
    </>
  ),
  watch: (
    <>
      <path className="m" d="M82 18h36l4 34H78zM78 106h44l-4 32H82z" />
      <path className="sd" strokeWidth="3" d="M94 26h12M94 34h12M94 124h12M94 131h12" />
      <rect className="g" x="138" y="72" width="10" height="14" rx="3" />
      <circle className="k" cx="100" cy="79" r="41" />
      <circle className="w" cx="100" cy="79" r="33" />
      <path className="sg" strokeWidth="3" d="M100 51v6M100 101v6M72 79h6M122 79h6" />
      <path className="sk" strokeWidth="4" d="M100 79V61M100 79l13 8" />
      <path className="sm" strokeWidth="2" d="M100 79l-12 14" />
    </>
  ),
  'power-bank': (
    <>
      <rect className="d" x="64" y="34" width="80" height="104" rx="14" />
      <rect className="m" x="56" y="34" width="80" height="104" rx="14" />
      <path className="w" d="M102 54L76 92h18l-6 28 28-40H98z" />
      <path className="sl" strokeWidth="5" d="M84 44h0M92 44h0M100 44h0" />
      <path className="sk" strokeWidth="5" d="M96 34V22a6 6 0 0 1 6-6h42a14 14 0 0 1 14 14v66" />
      <rect className="g" x="152" y="92" width="12" height="20" rx="2" />
    </>
  ),
  cable: (
    <>
      <path className="sm" strokeWidth="8" d="M52 40v28c0 60 96 60 96 14 0-40-72-40-72 4 0 36 52 36 52 0V54" />
      <path className="sl" strokeWidth="2" d="M52 44v24c0 60 96 60 96 14 0-40-72-40-72 4 0 36 52 36 52 0V58" />
      <rect className="k" x="41" y="32" width="22" height="30" rx="5" />
      <rect className="g" x="45" y="18" width="14" height="15" rx="2" />
      <rect className="k" x="117" y="34" width="22" height="30" rx="5" />
      <rect className="g" x="119" y="22" width="18" height="13" rx="5" />
    </>
  ),
  gamepad: (
    <>
      <path
        className="m"
        d="M62 54h76c22 0 36 22 40 54 3 26-18 36-32 18l-12-16H66l-12 16c-14 18-35 8-32-18 4-32 18-54 40-54z"
      />
      <path className="d" d="M58 70h10v10h10v10H68v10H58V90H48V80h10z" />
      <g className="l">
        <circle cx="136" cy="72" r="6" />
        <circle cx="136" cy="98" r="6" />
        <circle cx="149" cy="85" r="6" />
        <circle cx="123" cy="85" r="6" />
      </g>
      <rect className="k" x="90" y="68" width="20" height="6" rx="3" />
    </>
  ),
}
