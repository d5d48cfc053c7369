package mail

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"

	"github.com/preau-ent/preau/sdk/errors"
)

//go:embed letter.html
var source string

// sheet is the one HTML letter. Mail programs read no stylesheet, so the style is
// on the elements; nothing in it comes from who writes.
var sheet = template.Must(template.New("letter").Parse(source))

// html draws the letter for mail programs that show it.
func (l *Letter) html() (string, error) {
	var b bytes.Buffer
	err := sheet.Execute(&b, struct {
		Lang, Subject, From string
		Blocks              []block
	}{l.Say.Lang, l.Subject, l.From, l.blocks()})
	if err != nil {
		return "", errors.Internal(err)
	}
	return b.String(), nil
}

// text draws it for the others, and for who prefers it.
func (l *Letter) text() string {
	var b strings.Builder
	for _, one := range l.blocks() {
		switch one.Kind {
		case heading:
			b.WriteString(strings.ToUpper(one.Text) + "\n")
		case list:
			for _, i := range one.Items {
				b.WriteString("- " + indent(i.Text) + "\n")
				for _, more := range []string{i.Detail, i.Link} {
					if more != "" {
						b.WriteString("  " + indent(more) + "\n")
					}
				}
			}
		default:
			b.WriteString(one.Text + "\n")
			if one.Link != "" {
				b.WriteString(one.Link + "\n")
			}
		}
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n  ") }
