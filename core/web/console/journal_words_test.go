package console

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestJournalSpeaks: whatever the core notes besides an action has its name in both
// languages, and no word of the program stands there as it is.
func TestJournalSpeaks(t *testing.T) {
	b := newBench(t)
	b.ok("yann", "POST", newsPath, "genre", kindBanner, "texte", "Grève", "urgent", "on")
	list, err := b.Home.Announcements(t.Context(), college)
	b.must(err)
	b.ok("yann", "POST", newsPath+"/"+list[0].ID+"/retirer")
	page := b.ok("yann", "GET", journalPath)
	has(t, "journal", page, "changement : retiré", "changement : publié")
	lacks(t, "journal", page, "taken down", ": set")

	keys := detailKeys(t, filepath.Join("..", "..", ".."))
	if len(keys) < 20 {
		t.Fatalf("found only %v", keys)
	}
	for _, lang := range []string{"fr", "en"} {
		say := b.words.Speaker(lang, time.UTC, b.now)
		for key, where := range keys {
			if !say.Has("console.detail." + key) {
				t.Errorf("%s: %s has no name in %s", where, key, lang)
			}
		}
	}
}

// detailKeys finds what entries of the journal are given as details, wherever one
// is written in the core and the command.
func detailKeys(t *testing.T, root string) map[string]string {
	t.Helper()
	keys := map[string]string{}
	set := token.NewFileSet()
	for _, room := range []string{"core", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(source), "audit.") {
				return err
			}
			file, err := parser.ParseFile(set, path, source, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if kv, ok := n.(*ast.KeyValueExpr); ok {
					if name, ok := kv.Key.(*ast.Ident); ok && name.Name == "Details" {
						for _, key := range literal(kv.Value) {
							keys[key] = set.Position(kv.Pos()).String()
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

// literal returns the keys of a map that is written out.
func literal(e ast.Expr) (keys []string) {
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if s, ok := kv.Key.(*ast.BasicLit); ok {
				if key, err := strconv.Unquote(s.Value); err == nil {
					keys = append(keys, key)
				}
			}
		}
	}
	return keys
}
