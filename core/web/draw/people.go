package draw

import (
	"path"
	"strings"

	"github.com/preau-ent/preau/sdk/ui"
)

// fileIcon tells a file by what it holds.
func fileIcon(f *ui.File) string {
	switch {
	case strings.HasPrefix(f.Mime, "image/"):
		return ui.IconImage
	case strings.HasPrefix(f.Mime, "audio/"):
		return ui.IconMusic
	case f.Mime == "application/pdf", strings.HasPrefix(f.Mime, "text/"):
		return ui.IconText
	case f.Mime == "application/zip":
		return ui.IconArchive
	}
	return ui.IconFile
}

// fileLink saves the file under its name.
func fileLink(f *ui.File) *ui.Link {
	if f.Link == nil {
		return nil
	}
	return &ui.Link{Path: f.Link.Path, Module: f.Link.Module, File: f.Name}
}

// fileDetail is one line: kind, size, when and by whom.
func (c *Context) fileDetail(f *ui.File) string {
	var parts []string
	if ext := strings.TrimPrefix(path.Ext(f.Name), "."); ext != "" && len(ext) < 6 {
		parts = append(parts, strings.ToUpper(ext))
	}
	if f.Size > 0 {
		parts = append(parts, c.own.Size(f.Size))
	}
	if w := whenOf(f); w != nil {
		parts = append(parts, c.Say.When(w.at))
	}
	if f.By != "" {
		parts = append(parts, f.By)
	}
	return strings.Join(parts, " · ")
}

func eventIcon(e *ui.Event) string {
	if s := toneSign(e.Tone); s != "" {
		return s
	}
	return ui.IconTodo
}
