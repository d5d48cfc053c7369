package draw

import (
	"bytes"
	"regexp"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// proseCache bounds the memory of what was drawn; the same text is drawn for
// many readers.
var proseCache = newProses(512)

var proseMarkdown = goldmark.New(
	goldmark.WithExtensions(
		extension.Table, extension.Strikethrough,
		extension.NewLinkify(extension.WithLinkifyAllowedProtocols([][]byte{[]byte("https:"), []byte("http:")})),
		extension.NewTypographer(extension.WithTypographicSubstitutions(extension.TypographicSubstitutions{
			extension.LeftDoubleQuote:  []byte("«\u00a0"),
			extension.RightDoubleQuote: []byte("\u00a0»"),
			extension.LeftSingleQuote:  []byte("‘"),
			extension.RightSingleQuote: []byte("’"),
			extension.Apostrophe:       []byte("’"),
			extension.EnDash:           []byte("–"),
			extension.EmDash:           []byte("—"),
			extension.Ellipsis:         []byte("…"),
		})),
	),
	goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(reshape{}, 100))),
)

var proseTo = parser.NewContextKey()

// proseSafe lets through what goldmark writes and nothing else: no style, no
// picture from elsewhere, no field.
var proseSafe = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "hr",
		"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("scope").Matching(regexp.MustCompile(`^col$`)).OnElements("th")
	p.AllowURLSchemes("https", "http", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}()

// prose draws what fits of Markdown.
func (c *Context) prose(source string, level int) string {
	return Prose(c.cut(source, cutProse), level)
}

// Prose returns Markdown as safe HTML, its headings below the given level. Letters
// are drawn elsewhere than pages, and their prose as theirs.
func Prose(source string, level int) string {
	return proseCache.get(proseKey{source, min(max(level, 2), 6)}, drawProse)
}

func drawProse(k proseKey) string {
	var b bytes.Buffer
	pc := parser.NewContext()
	pc.Set(proseTo, k.level-1)
	if err := proseMarkdown.Convert([]byte(k.source), &b, parser.WithContext(pc)); err != nil {
		return "" // writing to memory cannot fail
	}
	return proseSafe.Sanitize(b.String())
}

// reshape moves headings down below those of the page and turns pictures,
// which would be loaded from elsewhere, into their description.
type reshape struct{}

// Transform is called by goldmark on the parsed text.
func (reshape) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	down, _ := pc.Get(proseTo).(int)
	var pictures []*ast.Image
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			h.Level = min(h.Level+down, 6)
		}
		if i, ok := n.(*ast.Image); ok && entering {
			pictures = append(pictures, i)
		}
		return ast.WalkContinue, nil
	})
	for _, i := range pictures {
		em := ast.NewEmphasis(1)
		for child := i.FirstChild(); child != nil; child = i.FirstChild() {
			em.AppendChild(em, child)
		}
		i.Parent().ReplaceChild(i.Parent(), i, em)
	}
}
