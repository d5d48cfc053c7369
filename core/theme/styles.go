package theme

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"github.com/preau-ent/preau/sdk/errors"
)

// styleErrors are all that is wrong with a pack's styles.
type styleErrors []error

func (e styleErrors) Error() string { return errors.Join(e...).Error() }

// maxComplaints bounds what is told of one stylesheet.
const maxComplaints = 20

// checkStyles reads the CSS of a pack and writes anew what it may say. What is
// read is what esbuild made of it (nesting undone, comments gone), with a parser
// that knows the grammar; whatever is not known to be harmless is refused.
func checkStyles(src string, p *Pack) (string, error) {
	flat, err := minifyStrictly(src)
	if err != nil {
		return "", err
	}
	w := &styleWriter{pack: p, css: css.NewParser(parse.NewInputString(flat), false)}
	for w.next() {
	}
	if len(w.errs) > 0 {
		return "", w.errs
	}
	return w.out.String(), nil
}

// styleWriter goes through the styles rule by rule.
type styleWriter struct {
	pack *Pack
	css  *css.Parser
	out  bytes.Buffer
	errs styleErrors
	rule *rule
	open []string // selectors of one rule before its last
}

func (w *styleWriter) refuse(key, what string) {
	if len(w.errs) < maxComplaints {
		w.errs = append(w.errs, errors.New(errors.Invalid, key, "what", what))
	}
}

// next reads one piece of grammar, false at the end.
func (w *styleWriter) next() bool {
	kind, _, data := w.css.Next()
	values := w.css.Values()
	switch kind {
	case css.ErrorGrammar:
		if w.css.HasParseError() {
			w.refuse("theme.css.syntax", text(values))
		}
		return false
	case css.BeginAtRuleGrammar:
		if string(data) != "@media" || !harmlessQuery(values) {
			w.refuse("theme.css.at", string(data)+text(values))
		}
		w.out.WriteString(string(data) + spaced(values) + "{")
	case css.EndAtRuleGrammar:
		w.out.WriteString("}")
	case css.QualifiedRuleGrammar:
		w.open = append(w.open, text(values))
	case css.BeginRulesetGrammar:
		w.begin(values)
	case css.EndRulesetGrammar:
		w.end()
	case css.DeclarationGrammar:
		w.declare(strings.ToLower(string(data)), values)
	default: // @import, @charset, custom properties, stray tokens
		w.refuse("theme.css.at", string(data)+text(values))
	}
	return true
}

func (w *styleWriter) begin(last []css.Token) {
	w.rule = &rule{selector: strings.Join(append(w.open, text(last)), ",")}
	w.open = nil
	if !harmlessSelector(w.rule.selector) {
		w.refuse("theme.css.selector", w.rule.selector)
	}
	w.out.WriteString(w.rule.selector + "{")
}

func (w *styleWriter) end() {
	w.out.WriteString("}")
	if w.rule == nil {
		return
	}
	for _, c := range w.rule.contrasts(w.pack) {
		w.errs = append(w.errs, errors.New(errors.Invalid, "theme.css.contrast", "what", w.rule.selector, "mode", c.Mode,
			"front", c.Front, "back", c.Back, "ratio", rounded(c.Ratio), "want", rounded(c.Want)))
	}
	w.rule = nil
}

func (w *styleWriter) declare(name string, values []css.Token) {
	if w.rule == nil {
		w.refuse("theme.css.syntax", name)
		return
	}
	d := &declaration{name: name, rule: w.rule, values: slices.Clone(values), pack: w.pack}
	if key := d.refused(); key != "" {
		w.refuse(key, w.rule.selector+" { "+name+": "+text(values)+" }")
		return
	}
	w.rule.note(d)
	w.out.WriteString(name + ":" + text(d.values) + ";")
}

// text is tokens as they were written.
func text(tokens []css.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.Write(t.Data)
	}
	return b.String()
}

func spaced(tokens []css.Token) string {
	s := text(tokens)
	if s != "" && s[0] != ' ' {
		s = " " + s
	}
	return s
}

// harmlessQuery allows what depends on the room there is. What the device or
// the person prefers is the core's to follow.
func harmlessQuery(tokens []css.Token) bool {
	words := []string{"screen", "print", "and", "not", "or", "only", "all", "width", "min-width", "max-width", "orientation", "portrait", "landscape", "hover", "none"}
	for _, t := range tokens {
		if t.TokenType == css.IdentToken && !slices.Contains(words, strings.ToLower(string(t.Data))) {
			return false
		}
		if t.TokenType == css.FunctionToken || t.TokenType == css.URLToken {
			return false
		}
	}
	return true
}

// asked is an attribute that a selector looks at.
var asked = regexp.MustCompile(`\[\s*([^\]=~|^$*\s]*)`)

// harmlessSelector allows what leaves the person's choices, the skip links and
// what only screen readers say to the core, and what looks at nobody's data.
func harmlessSelector(s string) bool {
	for _, part := range []string{".vh", ".skip", ".art", ":visited", "::placeholder", ":focus", "\\"} {
		if strings.Contains(strings.ToLower(s), part) {
			return false
		}
	}
	for _, a := range asked.FindAllStringSubmatch(s, -1) {
		if name := a[1]; !strings.HasPrefix(name, "aria-") && name != "data-state" && name != "open" && name != "type" && name != "class" {
			return false
		}
	}
	return len(s) < 400
}
