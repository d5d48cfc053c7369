package theme

import (
	"strings"
	"testing"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/sdk/errors"
)

// sample is a pack to hold styles against.
func sample(t testing.TB) *Pack {
	t.Helper()
	p := *packs(t).Packs()[Default]
	p.Pictures = []string{"wave.svg"}
	p.files = map[string]*assets.File{"wave.svg": {Name: "x-wave-1.svg"}, "logo.svg": {Name: "x-logo-1.svg"}}
	return &p
}

func TestStylesThatPass(t *testing.T) {
	for _, css := range []string{
		"", "/* nothing */",
		".card { background: var(--card); color: var(--ink); border: 2px solid var(--edge) }",
		".menu { & a { padding: .5rem } & .i { fill: color-mix(in srgb, currentColor 20%, transparent) } }",
		`.top::before { content: ""; position: absolute; inset: 0; background: var(--bar); mask: url(wave.svg) repeat-x; opacity: .4 }`,
		`.widget { background-image: url("wave.svg") }`,
		"@media (min-width: 60rem) and (hover: hover) { .button { font-size: .95rem; box-shadow: 0 1px 3px #0003 } }",
		".primary { background: var(--accent); color: var(--on-accent) }",
		".menu a[aria-current] { font-weight: 700 }",
	} {
		out, err := checkStyles(css, sample(t))
		if err != nil {
			t.Errorf("%s\n%v", css, err)
		}
		if strings.Contains(out, "wave.svg") {
			t.Errorf("%s: the picture keeps its own name: %s", css, out)
		}
	}
}

func TestStylesThatAreRefused(t *testing.T) {
	for css, key := range map[string]string{
		// what loads
		"@import url(//evil.example/x.css);":             "theme.css.at",
		"@import '/assets/x.css';":                       "theme.css.at",
		".a { background: url(//evil.example/x.png) }":   "theme.css.url",
		".a { background: url(data:image/svg+xml,x) }":   "theme.css.url",
		".a { background: url(/m/devoirs/secret) }":      "theme.css.url",
		".a { background: url(logo.svg) }":               "theme.css.url",
		".a { background: URL('https://evil.example') }": "theme.css.url",
		".a { background: image-set('x.png' 1x) }":       "theme.css.function",
		".a { background: src('x.png') }":                "theme.css.function",
		".a { background: -moz-element(#x) }":            "theme.css.function",
		"@font-face { font-family: x; src: url(x) }":     "theme.css.at",
		"@namespace svg url(x);":                         "theme.css.syntax",
		".a { cursor: url(x), auto }":                    "theme.css.property",
		".a { behavior: url(x.htc) }":                    "theme.css.property",
		".a { -moz-binding: url(x) }":                    "theme.css.property",
		".a { filter: url(#x) }":                         "theme.css.property",
		".a { width: expression(alert(1)) }":             "theme.css.function",
		// what spies
		"input[value^=a] { color: var(--ink) }": "theme.css.selector",
		"a[href*=secret] { color: var(--ink) }": "theme.css.selector",
		"a:visited { color: var(--link) }":      "theme.css.selector",
		// what hides or covers
		".banner { display: none }":              "theme.css.bounds",
		".banner { visibility: hidden }":         "theme.css.property",
		".banner { opacity: 0 }":                 "theme.css.property",
		".banner { position: fixed }":            "theme.css.bounds",
		".banner { position: absolute }":         "theme.css.bounds",
		".banner { font-size: 0 }":               "theme.css.bounds",
		".banner { font-size: 2px }":             "theme.css.bounds",
		".banner { width: 0 }":                   "theme.css.bounds",
		".banner { margin-left: -200rem }":       "theme.css.bounds",
		".banner { line-height: .2 }":            "theme.css.bounds",
		".banner { letter-spacing: -1em }":       "theme.css.bounds",
		".banner { text-indent: -99rem }":        "theme.css.property",
		".banner { transform: scale(0) }":        "theme.css.property",
		".banner { clip-path: inset(50%) }":      "theme.css.property",
		".banner { order: 9 }":                   "theme.css.property",
		"a { outline: none }":                    "theme.css.property",
		"a { outline-width: 0 }":                 "theme.css.bounds",
		"a:focus-visible { color: var(--ink) }":  "theme.css.selector",
		".skip { color: var(--ink) }":            "theme.css.selector",
		".a::before { content: 'Tout va bien' }": "theme.css.text",
		// what takes the person's choice away
		":root[data-contrast=fort] { color: var(--ink) }":                 "theme.css.selector",
		"@media (prefers-color-scheme: dark) { a { color: var(--ink) } }": "theme.css.at",
		":root { --ink: var(--paper) }":                                   "theme.css.at",
		".a { color: var(--ink) !important }":                             "theme.css.important",
		".a { transition: color 2s }":                                     "theme.css.property",
		".a { animation: x 1s infinite }":                                 "theme.css.property",
		"@keyframes x { to { color: var(--ink) } }":                       "theme.css.at",
		"@layer x { a { color: var(--ink) } }":                            "theme.css.at",
		// what nobody checked the contrast of
		".a { color: #777 }":              "theme.css.colour",
		".a { color: gray }":              "theme.css.colour",
		".a { background: rgb(1 2 3) }":   "theme.css.colour",
		".a { color: oklch(0.5 0.1 20) }": "theme.css.colour",
		".a { color: CanvasText }":        "theme.css.colour",
		".a { background: color-mix(in srgb, var(--ink), var(--paper)) }": "theme.css.mix",
		".a { color: var(--mine) }":                                       "theme.css.token",
		".a { box-shadow: 0 0 9px #f00 }":                                 "theme.css.colour",
		".a { color: var(--line) }":                                       "theme.css.contrast",
		".a { background: var(--brand) }":                                 "theme.css.contrast",
		".a { color: var(--paper); background: var(--card) }":             "theme.css.contrast",
		// what browsers would read in part
		".a { color var(--ink) }":       "theme.css.syntax",
		".a { color: var(--ink)":        "theme.css.syntax",
		".a } .b { color: var(--ink) }": "theme.css.syntax",
	} {
		_, err := checkStyles(css, sample(t))
		got, _ := errors.Public(err)
		if many, ok := err.(styleErrors); ok {
			got, _ = errors.Public(many[0])
		}
		if err == nil || got != key {
			t.Errorf("%s\n\tgot %q (%v), want %s", css, got, err, key)
		}
	}
}

// FuzzStyles: whatever is written, what comes out loads nothing and hides
// nothing, and passes again as it is.
func FuzzStyles(f *testing.F) {
	for _, css := range []string{".a{color:var(--ink)}", "@media (min-width:9rem){.a{padding:1rem}}", `.a::before{content:"";mask:url(wave.svg)}`, "@import 'x'", ".a{b:c}}}", ".a{&.b{color:red}}"} {
		f.Add(css)
	}
	p := sample(f)
	f.Fuzz(func(t *testing.T, css string) {
		out, err := checkStyles(css, p)
		if err != nil {
			return
		}
		low := strings.ToLower(out)
		for _, bad := range []string{"@import", "expression(", "javascript:", "http", "//", "</", "@font-face", "visibility", "display:none", "!important"} {
			if strings.Contains(low, bad) {
				t.Fatalf("%q came out of %q: %s", bad, css, out)
			}
		}
		for rest := low; strings.Contains(rest, "url("); {
			_, rest, _ = strings.Cut(rest, "url(")
			if !strings.HasPrefix(rest, `"/assets/x-wave-1.svg")`) {
				t.Fatalf("an address came out of %q: %s", css, out)
			}
		}
		if _, err := minifyStrictly(out); err != nil {
			t.Fatalf("what came out of %q is no CSS: %s: %v", css, out, err)
		}
	})
}
