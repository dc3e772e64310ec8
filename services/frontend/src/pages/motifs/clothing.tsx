/** Drawn on a 200 × 160 board with the floor at y = 138; the classes are colours, see styles/pictures.css. */
export const clothing = {
  't-shirt': (
    <>
      <path
        className="m"
        d="M76 28l-30 10a12 12 0 0 0-7 6L22 76l22 14 12-14v62h88V76l12 14 22-14-17-32a12 12 0 0 0-7-6l-30-10c-8 18-40 18-48 0z"
      />
      <path className="sd" strokeWidth="5" d="M76 28c8 18 40 18 48 0" />
      <path className="l" d="M56 82h88v10H56zM56 100h88v10H56z" />
    </>
  ),
  sweater: (
    <>
      <path className="d" d="M50 40l-24 84a6 6 0 0 0 5 8l17 4 16-46zM150 40l24 84a6 6 0 0 1-5 8l-17 4-16-46z" />
      <path className="m" d="M78 28c-14 3-24 6-30 14l10 24v72h84V66l10-24c-6-8-16-11-30-14z" />
      <path
        className="l"
        d="M58 72l12 12 12-12 12 12 12-12 12 12 12-12 12 12v14l-12-12-12 12-12-12-12 12-12-12-12 12-12-12z"
      />
      <path className="sd" strokeWidth="7" d="M78 30c8 14 36 14 44 0" />
      <path className="d" d="M58 128h84v10H58z" />
    </>
  ),
  jacket: (
    <>
      <path className="d" d="M52 38l-26 82 22 12 16-40zM148 38l26 82-22 12-16-40z" />
      <path className="m" d="M80 26L50 40l8 28v70h84V68l8-28-30-14-20 14z" />
      <path className="l" d="M80 26l20 14 20-14 6 12-26 26-26-26z" />
      <path className="sk" strokeWidth="3" d="M100 62v76" />
      <path className="sd" strokeWidth="4" d="M68 104h20M112 104h20" />
      <path className="sw" strokeWidth="5" d="M108 78h0M108 94h0M108 112h0" />
    </>
  ),
  trousers: (
    <>
      <path className="m" d="M64 22h72l12 116h-34l-14-72-14 72H52z" />
      <path className="d" d="M64 22h72l1 12H63z" />
      <path className="sd" strokeWidth="3" d="M100 34v32M66 46c10 0 14-4 15-11M134 46c-10 0-14-4-15-11" />
      <path className="l" d="M54 124h34l-2 14H52zM112 124h34l2 14h-34z" />
    </>
  ),
  dress: (
    <>
      <path className="sd" strokeWidth="5" d="M86 20v20M114 20v20" />
      <path className="m" d="M78 34c8 8 36 8 44 0l-2 38 32 66H48l32-66z" />
      <path className="d" d="M80 68h40l2 10H78z" />
      <g className="l">
        <circle cx="88" cy="98" r="5" />
        <circle cx="112" cy="94" r="5" />
        <circle cx="100" cy="116" r="5" />
        <circle cx="74" cy="122" r="5" />
        <circle cx="126" cy="120" r="5" />
      </g>
    </>
  ),
  shoe: (
    <>
      <path className="w" d="M22 116h156v10a12 12 0 0 1-12 12H34a12 12 0 0 1-12-12z" />
      <path className="m" d="M26 62c10 6 22 6 30-6l20-4 32 36 48 8c14 3 22 10 22 22H22c0-20-2-40 4-56z" />
      <path className="d" d="M26 62c10 6 22 6 30-6l6-1c2 20-12 36-38 36 0-10 0-20 2-29z" />
      <path className="sw" strokeWidth="5" d="M78 78l16-10M88 90l16-10M99 101l15-10" />
      <path className="l" d="M146 95l10 1c14 3 22 10 22 22h-38c-2-10 0-18 6-23z" />
    </>
  ),
  boot: (
    <>
      <path className="m" d="M54 24h54v60l42 16c14 5 18 14 18 28H48c6-30 8-60 6-104z" />
      <path className="d" d="M50 20h62v16H50z" />
      <path className="sl" strokeWidth="5" d="M92 52h16M92 66h16M96 82l14-4M106 92l10-8" />
      <path className="k" d="M46 126h122v12h-84l-4-6-4 6H46z" />
    </>
  ),
  beanie: (
    <>
      <circle className="l" cx="100" cy="30" r="15" />
      <path className="m" d="M44 110c0-48 22-72 56-72s56 24 56 72z" />
      <path className="sd" strokeWidth="4" d="M76 46c-8 14-12 34-12 60M100 40v66M124 46c8 14 12 34 12 60" />
      <rect className="d" x="36" y="102" width="128" height="36" rx="12" />
      <path
        className="sl"
        strokeWidth="3"
        d="M54 110v20M69 110v20M85 110v20M100 110v20M115 110v20M131 110v20M146 110v20"
      />
    </>
  ),
  cap: (
    <>
      <path className="m" d="M40 108c0-42 22-66 56-66s54 24 56 62z" />
      <path className="sd" strokeWidth="3" d="M96 42c-16 14-22 36-22 64M96 42c18 12 24 34 26 62" />
      <path className="d" d="M36 106c40-12 90-12 140 8 8 4 4 12-4 12-50 0-90 2-132 2-8 0-10-18-4-22z" />
      <circle className="l" cx="96" cy="42" r="6" />
    </>
  ),
  scarf: (
    <>
      <path className="d" d="M106 60h36l6 78h-36z" />
      <path className="m" d="M54 60h38l-8 78H46z" />
      <path className="l" d="M51 96h37l-1 10H50zM49 114h37l-1 10H48zM110 96h35l1 10h-35zM111 114h36l1 10h-36z" />
      <path className="d" d="M56 34c18-18 70-18 88 0l-8 18H64z" />
      <path className="m" d="M46 38c14 26 94 26 108 0 8 10 6 24-4 32-22 16-78 16-100 0-10-8-12-22-4-32z" />
      <path className="sl" strokeWidth="4" d="M56 62c18 12 70 12 88 0" />
      <path className="sm" strokeWidth="4" d="M49 138v7M58 138v7M67 138v7M76 138v7" />
      <path className="sd" strokeWidth="4" d="M117 138v7M126 138v7M135 138v7M144 138v7" />
    </>
  ),
  socks: (
    <>
      <path className="d" d="M102 22h38v66l26 24c12 12-2 26-18 24-14-2-30-10-46-28z" />
      <path className="m" d="M58 22h38v70l28 22c12 12 0 26-18 24-20-2-48-12-48-42z" />
      <path
        className="l"
        d="M58 34h38v8H58zM58 50h38v8H58zM118 108l6 6c10 12-2 25-20 24-1-14 4-26 14-30zM58 96h20c0 16-6 24-12 26-6-8-8-16-8-26z"
      />
      <path className="w" d="M56 18h42v10H56zM102 18h40v10h-40z" />
    </>
  ),
  mittens: (
    <>
      <path className="d" d="M108 64c0-36 50-36 50 0v20l6-8c10-10 22 2 16 14l-20 28h-52z" />
      <path className="m" d="M42 64c0-38 52-38 52 0v54H42L22 92c-8-12 4-24 14-14l6 8z" />
      <path className="l" d="M68 62l10 14-10 14-10-14zM132 62l10 14-10 14-10-14z" />
      <rect className="l" x="38" y="116" width="60" height="22" rx="6" />
      <rect className="m" x="104" y="116" width="60" height="22" rx="6" />
    </>
  ),
  backpack: (
    <>
      <path className="sk" strokeWidth="6" d="M82 32c0-20 36-20 36 0" />
      <path className="m" d="M56 64c0-50 88-50 88 0v62a12 12 0 0 1-12 12H68a12 12 0 0 1-12-12z" />
      <path className="d" d="M42 86h14v46a12 12 0 0 1-14-12zM158 86h-14v46a12 12 0 0 0 14-12z" />
      <rect className="d" x="68" y="86" width="64" height="44" rx="8" />
      <path className="sl" strokeWidth="4" d="M68 102h64M72 62h56" />
      <rect className="t" x="92" y="96" width="16" height="14" rx="3" />
      <rect className="t" x="94" y="56" width="12" height="14" rx="3" />
    </>
  ),
  umbrella: (
    <>
      <path className="sk" strokeWidth="5" d="M100 24v100a13 13 0 0 0 26 0" />
      <path className="m" d="M24 88c4-84 148-84 152 0-10-10-28-10-38 0-10-10-66-10-76 0-10-10-28-10-38 0z" />
      <path className="l" d="M100 25c-20 14-36 34-38 63 10-10 66-10 76 0-2-29-18-49-38-63z" />
      <path className="d" d="M100 25c-7 20-11 36-12 55.6 8-.8 16-.8 24 0C111 61 107 45 100 25z" />
    </>
  ),
}
