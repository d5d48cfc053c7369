package main

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ids"
	"github.com/preau-ent/preau/sdk/plugintest"
)

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"Müller_Éloïse":                  "Muller_Eloise",
		"D'Artagnan_Jean-Luc":            "DArtagnan_Jean-Luc",
		"../../etc/passwd":               "etc_passwd",
		`..\..\boot.ini`:                 "boot.ini",
		"C:\\a|b?c*.txt":                 "C_a_b_c_.txt",
		"":                               "_",
		"...":                            "_",
		"CON":                            "_CON",
		"com1.txt":                       "_com1.txt",
		"nul.":                           "_nul",
		"été 2026.JPG":                   "ete_2026.JPG",
		"cœur.txt":                       "coeur.txt",
		"a\x00b\nc":                      "a_b_c",
		".htaccess":                      "htaccess",
		strings.Repeat("a", 80) + ".pdf": strings.Repeat("a", 56) + ".pdf",
	} {
		if got := safeName(in); got != want {
			t.Errorf("safeName(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("../..\\C:\x00é")
	f.Fuzz(func(t *testing.T, s string) {
		got := safeName(s)
		if got == "" || len(got) > maxName+1 || path.Base(got) != got || strings.ContainsAny(got, "/\\:*?\"<>|\x00") || strings.HasPrefix(got, ".") || reserved(got) {
			t.Fatalf("safeName(%q) = %q", s, got)
		}
		for _, r := range got {
			if r > '~' || r < '-' {
				t.Fatalf("safeName(%q) = %q", s, got)
			}
		}
	})
}

func TestZipEntries(t *testing.T) {
	people := []sdk.Person{
		{ID: "1", LastName: "Martin", FirstName: "Léa"}, {ID: "2", LastName: "Martin", FirstName: "LEA"},
		{ID: "3", LastName: "Petit", FirstName: "Tom"}, {ID: "4", LastName: "../..", FirstName: "/etc"},
	}
	copy := func(versions ...Version) *Copy { return &Copy{Versions: versions} }
	photo := []File{{ID: "f1", Name: "photo.jpg"}, {ID: "f2", Name: "Photo.JPG"}, {ID: "f3", Name: "../../evil.sh"}}
	list := map[ids.PersonID]*Copy{
		"1": copy(Version{N: 1, Text: "one"}, Version{N: 2, Files: photo}),
		"2": copy(Version{N: 1, Text: "homonym"}),
		"3": copy(Version{N: 1, Text: "taken back", Withdrawn: noon}),
		"4": copy(Version{N: 1, Text: "evil"}),
	}
	paths := func(every bool) (out []string) {
		for _, e := range zipEntries(people, list, every) {
			out = append(out, e.path)
		}
		return out
	}
	latest := []string{"Martin_Lea/photo.jpg", "Martin_Lea/Photo_2.JPG", "Martin_Lea/evil.sh", "Martin_LEA_2/texte.md", "etc/texte.md"}
	if got := paths(false); !slices.Equal(got, latest) {
		t.Errorf("latest: %q, want %q", got, latest)
	}
	every := []string{"Martin_Lea/version_1/texte.md", "Martin_Lea/version_2/photo.jpg", "Martin_Lea/version_2/Photo_2.JPG", "Martin_Lea/version_2/evil.sh", "Martin_LEA_2/version_1/texte.md", "etc/version_1/texte.md"}
	if got := paths(true); !slices.Equal(got, every) {
		t.Errorf("all: %q, want %q", got, every)
	}
}

// The archive as the teacher gets it: every byte, under the right name.
func TestZipDownload(t *testing.T) {
	c := newCast(t)
	id := c.sets(t, sheet())
	refused(t, c.As(c.prof).Do("GET", "/devoir/"+id+"/copies.zip", nil), "nothing to pack", errors.NotFound)
	big := plugintest.Upload{Field: "fichiers", Name: "../vidéo.mp4", Content: bytes.Repeat([]byte("0123456789"), 100_000)}
	c.handsIn(t, c.lea, id, "Premier jet")
	c.handsIn(t, c.lea, id, "Ma rencontre", photo("copie.jpg"), big)
	c.handsIn(t, c.tom, id, "Mon texte")
	for query, want := range map[string]map[string]int{
		"":          {"Martin_Lea/copie.jpg": len(photo("copie.jpg").Content), "Martin_Lea/video.mp4": 1_000_000, "Martin_Lea/texte.md": len("Ma rencontre"), "Petit_Tom/texte.md": len("Mon texte")},
		"?toutes=1": {"Martin_Lea/version_1/texte.md": len("Premier jet"), "Martin_Lea/version_2/copie.jpg": len(photo("copie.jpg").Content), "Martin_Lea/version_2/video.mp4": 1_000_000, "Martin_Lea/version_2/texte.md": len("Ma rencontre"), "Petit_Tom/version_1/texte.md": len("Mon texte")},
	} {
		a := c.As(c.prof).Do("GET", "/devoir/"+id+"/copies.zip"+query, nil)
		if a.Header.Get("Content-Disposition") != `attachment; filename="Francais_Recit_dune_page.zip"` {
			t.Errorf("saved as %q", a.Header.Get("Content-Disposition"))
		}
		archive, err := zip.NewReader(bytes.NewReader(a.Body), int64(len(a.Body)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.File {
			r := must(f.Open())
			content := must(io.ReadAll(r))
			if want[f.Name] != len(content) {
				t.Errorf("%q: %s has %d bytes, want %d", query, f.Name, len(content), want[f.Name])
			}
			delete(want, f.Name)
		}
		if len(want) > 0 {
			t.Errorf("%q: not in the archive: %v", query, want)
		}
	}
	log := c.Audited()
	if len(log) != 2 || log[0].Action != "devoirs.copies.exported" || log[0].Object != id || log[0].By != c.prof {
		t.Errorf("journal: %+v", log)
	}
}
