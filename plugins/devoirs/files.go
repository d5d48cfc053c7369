package main

import (
	"mime/multipart"
	"slices"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ui"
)

// maxFiles is how many files one form or hand-in takes.
const maxFiles = 10

// filesWrong returns the key of what is wrong with sent files, "" when nothing:
// too many with those already there, one too large, one empty.
func filesWrong(sent []*multipart.FileHeader, present int, cfg Settings) string {
	if present+len(sent) > maxFiles {
		return "devoirs.files.many"
	}
	for _, f := range sent {
		if f.Size > cfg.maxBytes() {
			return "devoirs.files.large"
		}
		if f.Size == 0 {
			return "devoirs.files.empty"
		}
	}
	return ""
}

// keepFiles stores what was sent under this name; the form must be right first.
func keepFiles(r *sdk.Request, name string) ([]File, error) {
	kept, err := r.KeepUploads(name)
	return remember(kept), err
}

func remember(kept []sdk.File) []File {
	out := make([]File, len(kept))
	for i, k := range kept {
		out[i] = File{ID: k.ID, Name: k.Name, Size: k.Size, MIME: k.MIME}
	}
	return out
}

// copyFiles stores the files once more, so that each homework and model owns
// its own and either may go without the other. After an error none is left.
func copyFiles(s *sdk.Scope, files []File) (copied []File, err error) {
	for _, f := range files {
		c, err := copyFile(s, f)
		if err != nil {
			dropFiles(s, copied)
			return nil, err
		}
		copied = append(copied, c)
	}
	return copied, nil
}

func copyFile(s *sdk.Scope, f File) (File, error) {
	src, _, err := s.Files.Get(f.ID)
	if err != nil {
		return File{}, err
	}
	defer src.Close()
	c, err := s.Files.Put(f.Name, src)
	return File{ID: c.ID, Name: f.Name, Size: c.Size, MIME: c.MIME}, err
}

// dropFiles deletes files nothing refers to any more. One that stays costs room
// and nothing else, so a failure is only noted.
func dropFiles(s *sdk.Scope, files []File) {
	for _, f := range files {
		if err := s.Files.Delete(f.ID); err != nil {
			s.Log.Warn("file not deleted", "file", f.ID, "err", err)
		}
	}
}

// without returns the files that are not among gone.
func without(files, gone []File) (rest []File) {
	for _, f := range files {
		if !slices.ContainsFunc(gone, func(g File) bool { return g.ID == f.ID }) {
			rest = append(rest, f)
		}
	}
	return rest
}

// fileCards shows files with the way to fetch each, below this path.
func fileCards(files []File, base string) []*ui.File {
	cards := make([]*ui.File, len(files))
	for i, f := range files {
		link := ui.ToFile(base+"/fichier/"+f.ID, "devoirs.file.get", f.Name)
		cards[i] = &ui.File{Name: f.Name, Size: f.Size, Mime: f.MIME, Link: link}
	}
	return cards
}
