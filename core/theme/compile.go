package theme

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/preau-ent/preau/core/web/assets"
	"github.com/preau-ent/preau/core/web/assets/pack"
	"github.com/preau-ent/preau/sdk/errors"
)

// browsers are the oldest that see the page as it is meant; older ones see it
// plainer.
var browsers = []api.Engine{
	{Name: api.EngineChrome, Version: "105"},
	{Name: api.EngineFirefox, Version: "110"},
	{Name: api.EngineSafari, Version: "15.4"},
}

// baseStyles joins the base styles in the order of their names, lowered and
// minified.
func baseStyles(files fs.FS) (string, error) {
	names, err := fs.Glob(files, "css/*.css")
	if err != nil || len(names) == 0 {
		return "", errors.Internal(fmt.Errorf("no base styles: %w", err))
	}
	var b strings.Builder
	for _, name := range names {
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return "", errors.Internal(err)
		}
		b.Write(src)
	}
	return minify(b.String())
}

// compile puts the tokens of both modes in front of the base styles.
func compile(t Tokens, base string) (*Sheet, error) {
	light, dark := Light(t), Dark(t)
	night := variables(dark) + "color-scheme:dark"
	head, err := minify(fmt.Sprintf(":root{%s%scolor-scheme:light}"+
		"@media(prefers-color-scheme:dark){:root:not([data-mode=clair]){%s}}:root[data-mode=sombre]{%s}",
		lengths(t), variables(light), night, night))
	if err != nil {
		return nil, err
	}
	body := []byte(head + base)
	name := pack.Name("theme.css", body)
	return &Sheet{
		File: assets.File{
			Name: name, Type: "text/css; charset=utf-8",
			Body: body, Brotli: pack.Brotli(body), Gzip: pack.Gzip(body),
		},
		Path: assets.Prefix + name, Light: light, Dark: dark,
	}, nil
}

func variables(p Palette) string {
	var b strings.Builder
	for _, name := range p.names() {
		fmt.Fprintf(&b, "--%s:%s;", name, p.colours[name])
	}
	return b.String()
}

func lengths(t Tokens) string {
	return fmt.Sprintf("--text:%s;--radius:%s;--pad:%s;--gap:%s;--sans:%s;--serif:%s;",
		t.Text, t.Radius, t.Pad, t.Gap, families(t.Sans), families(t.Serif))
}

// families quotes names with spaces; generic families stay words.
func families(all []string) string {
	quoted := make([]string, len(all))
	for i, f := range all {
		quoted[i] = f
		if strings.Contains(f, " ") {
			quoted[i] = `"` + f + `"`
		}
	}
	return strings.Join(quoted, ",")
}

func minify(src string) (string, error) {
	result := api.Transform(src, api.TransformOptions{
		Loader: api.LoaderCSS, Engines: browsers, Charset: api.CharsetUTF8,
		MinifyWhitespace: true, MinifySyntax: true,
	})
	if len(result.Errors) > 0 {
		return "", errors.Internal(fmt.Errorf("stylesheet: %s", result.Errors[0].Text))
	}
	return strings.TrimSpace(string(result.Code)), nil
}
