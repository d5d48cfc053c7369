package mail

import (
	"bytes"
	_ "embed"
	"html/template"

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
		Lang, Subject, Title string
		Blocks               []block
	}{l.Say.Lang, l.Subject, l.title(), l.blocks()})
	if err != nil {
		return "", errors.Internal(err)
	}
	return b.String(), nil
}
