package theme

import (
	"io/fs"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/core/web/assets/pack"
	"github.com/preau-ent/preau/sdk/errors"
)

// Finding is one thing that is wrong with a pack.
type Finding struct {
	Where string `json:"where"` // "styles.css", "tokens.json: color.brand"
	Key   string `json:"-"`     // translation key
	Args  []any  `json:"-"`
	Words string `json:"words"`         // Key in the reader's language, filled in by who shows it
	Odd   bool   `json:"odd,omitempty"` // worth a look; the pack can be used
}

// Report is what an examination found.
type Report struct {
	Pack     *Pack     `json:"-"` // nil when theme.yaml or tokens.json could not be read
	Findings []Finding `json:"findings"`
	Matrix   []Cell    `json:"matrix"` // every pair in every mode
	Styles   int       `json:"styles"` // bytes of the whole stylesheet, compressed
	Fonts    int       `json:"fonts"`  // bytes of all fonts
}

// Passed reports whether the pack may be used.
func (r *Report) Passed() bool {
	for _, f := range r.Findings {
		if !f.Odd {
			return false
		}
	}
	return r.Pack != nil
}

// MaxSheet bounds a compressed stylesheet, in bytes.
const MaxSheet = 10 << 10

// Examine reads the pack in a folder and reports all that is wrong with it: what
// cannot be read, is unsafe, or weighs too much. With it comes the contrast of
// every pair of colours in every mode.
func Examine(folder fs.FS) *Report {
	e := &examination{folder: folder, report: &Report{Findings: []Finding{}}}
	r := e.report
	r.Pack = e.read()
	if r.Pack == nil {
		return r
	}
	for _, m := range []Mode{{}, {Dark: true}} {
		e.contrasts(r.Pack.Tokens.Written(m))
	}
	for _, m := range Modes {
		cells := Derive(r.Pack.Tokens, m).Matrix()
		e.contrasts(cells)
		r.Matrix = append(r.Matrix, cells...)
	}
	for _, f := range r.Pack.Fonts {
		r.Fonts += f.size
	}
	e.weigh()
	return r
}

// examination reads a pack part by part and keeps what is wrong.
type examination struct {
	folder fs.FS
	report *Report // nil: only the first error matters
	first  error
}

// blame notes that a part could not be taken.
func (e *examination) blame(where string, err error) {
	if err == nil {
		return
	}
	if e.first == nil {
		e.first = err
	}
	if e.report != nil {
		key, args := errors.Public(err)
		e.report.Findings = append(e.report.Findings, Finding{Where: where, Key: key, Args: args})
	}
}

func (e *examination) read() *Pack {
	src, err := load(e.folder, packFile, maxYAML)
	var p *Pack
	if err == nil {
		p, err = parsePack(src)
	}
	e.blame(packFile, err)
	if src, err = load(e.folder, tokensFile, most); err == nil && p != nil {
		p.Tokens, err = ParseTokens(src)
	}
	e.blame(tokensFile, err)
	if e.first != nil {
		return nil
	}
	p.files = map[string]*assets.File{}
	e.fonts(p)
	e.pictures(p)
	e.styles(p)
	e.labels(p)
	if e.first != nil && e.report == nil {
		return nil
	}
	return p
}

func (e *examination) fonts(p *Pack) {
	for i := range p.Fonts {
		f := &p.Fonts[i]
		src, err := load(e.folder, f.File, maxFont)
		if err == nil {
			err = f.examine(src)
		}
		if err != nil {
			e.blame(f.File, err)
			continue
		}
		p.serve(f.File, "font/woff2", src)
	}
}

func (e *examination) pictures(p *Pack) {
	all := p.Pictures
	if p.Logo != "" {
		all = append([]string{p.Logo}, all...)
	}
	for _, name := range all {
		src, err := load(e.folder, name, maxPicture)
		if err == nil {
			src, err = cleanSVG(src)
		}
		if err != nil {
			e.blame(name, err)
			continue
		}
		p.serve(name, "image/svg+xml", src)
	}
}

func (e *examination) styles(p *Pack) {
	if p.Styles == "" {
		return
	}
	src, err := load(e.folder, p.Styles, maxStyles)
	if err == nil {
		p.css, err = checkStyles(string(src), p)
	}
	if many, ok := err.(styleErrors); ok {
		for _, one := range many {
			e.blame(p.Styles, one)
		}
		return
	}
	e.blame(p.Styles, err)
}

// contrasts notes each pair that cannot be read, once for its two colours.
func (e *examination) contrasts(cells []Cell) {
	for _, c := range failing(cells) {
		e.blame(tokensFile, errors.New(errors.Invalid, "theme.contrast", "mode", c.Mode, "front", c.Front, "back", c.Back,
			"ratio", rounded(c.Ratio), "want", rounded(c.Want), "shade", c.Propose))
	}
}

func (e *examination) weigh() {
	base, err := readBase(assets.CSS)
	if err != nil {
		e.blame("", err)
		return
	}
	sheet, err := compile(e.report.Pack, e.report.Pack.Tokens, base)
	if err != nil {
		e.blame(e.report.Pack.Styles, err)
		return
	}
	if e.report.Styles = len(sheet.Brotli); e.report.Styles > MaxSheet {
		e.blame(e.report.Pack.Styles, errors.New(errors.TooLarge, "theme.heavy", "size", e.report.Styles, "most", MaxSheet))
	}
}

// serve keeps a file of the pack under a name with its content's hash.
func (p *Pack) serve(name, kind string, body []byte) {
	f := &assets.File{Name: pack.Name(p.ID+"-"+flat(name), body), Type: kind, Body: body}
	if kind == "image/svg+xml" { // fonts are compressed already
		f.Brotli, f.Gzip = pack.Brotli(body), pack.Gzip(body)
	}
	p.files[name] = f
}

// address is where a file of the pack is served, "" when it has none such.
func (p *Pack) address(name string) string {
	if f := p.files[name]; f != nil {
		return assets.Prefix + f.Name
	}
	return ""
}
