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
	b.ok("yann", "POST", lookPath, "theme", "lycee", "densite", "serree")
	page := b.ok("yann", "GET", journalPath)
	has(t, "journal", page, "thème : Lycée", "présentation : "+b.words.Speaker("fr", time.UTC, b.now).T("console.look.dense"))
	has(t, "journal", page, "changement : retiré", "changement : publié")
	lacks(t, "journal", page, "taken down", ": set")

	keys := detailKeys(t, filepath.Join("..", "..", ".."))
	for _, one := range []string{"name", "capability", "profile", "reason", "source"} { // one of each way to write them
		if keys[one] == "" {
			t.Errorf("%s is not found among %d", one, len(keys))
		}
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
// is written in the core, the command and the modules of the house.
func detailKeys(t *testing.T, root string) map[string]string {
	t.Helper()
	keys := map[string]string{}
	set := token.NewFileSet()
	for _, room := range []string{"core", "cmd", "plugins"} {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(source), "audit.") && !strings.Contains(string(source), "Audit.Record(") {
				return err
			}
			file, err := parser.ParseFile(set, path, source, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				for _, key := range noted(n) {
					keys[key] = set.Position(n.Pos()).String()
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

// noted returns the details that a piece of source writes: in an entry, in a
// variable named so, as what a change of a member returns, in a module's record.
func noted(n ast.Node) (keys []string) {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if named(n.Key) {
			return literal(n.Value)
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			switch at, ok := to.(*ast.IndexExpr); {
			case ok && named(at.X):
				keys = append(keys, unquoted(at.Index)...)
			case i < len(n.Rhs) && named(to):
				keys = append(keys, literal(n.Rhs[i])...)
			}
		}
	case *ast.CallExpr:
		switch f, ok := n.Fun.(*ast.SelectorExpr); {
		case ok && f.Sel.Name == "Record" && len(n.Args) == 3:
			return literal(n.Args[2])
		case ok && f.Sel.Name == "change":
			return returned(n.Args[len(n.Args)-1])
		}
	}
	return keys
}

// returned are the details that a function hands back, where it writes them out.
func returned(f ast.Expr) (keys []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok {
			for _, result := range r.Results {
				keys = append(keys, literal(result)...)
			}
		}
		return true
	})
	return keys
}

// named reports whether an expression is x.Details, Details or details.
func named(e ast.Expr) bool {
	if s, ok := e.(*ast.SelectorExpr); ok {
		e = s.Sel
	}
	name, ok := e.(*ast.Ident)
	return ok && strings.EqualFold(name.Name, "details")
}

// literal returns the keys of a map of strings that is written out.
func literal(e ast.Expr) (keys []string) {
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	m, ok := lit.Type.(*ast.MapType)
	if !ok {
		return nil
	}
	if of, ok := m.Value.(*ast.Ident); !ok || of.Name != "string" {
		return nil
	}
	for _, el := range lit.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			keys = append(keys, unquoted(kv.Key)...)
		}
	}
	return keys
}

// unquoted returns the string that an expression is written out as, or nothing.
func unquoted(e ast.Expr) []string {
	if s, ok := e.(*ast.BasicLit); ok {
		if key, err := strconv.Unquote(s.Value); err == nil {
			return []string{key}
		}
	}
	return nil
}
