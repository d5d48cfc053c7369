package console

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/preau-ent/preau/core/audit"
)

// TestJournalNamesWhatModulesNote: in the module's own words, whatever the core
// calls by the same name; as it was written where there are none. The journal is
// filtered by those words, and the file keeps what was written.
func TestJournalNamesWhatModulesNote(t *testing.T) {
	b := newBench(t)
	folder := fstest.MapFS{}
	for lang, closed := range map[string]string{"fr": "Sujet fermé", "en": "Topic closed"} {
		folder["locales/"+lang+".json"] = &fstest.MapFile{Data: []byte(`{"forum.name":"Le forum","forum.audit.closed":"` + closed + `","forum.audit.topic.gone":"Sujet retiré"}`)}
	}
	b.must(b.words.AddModule("forum", folder))
	for _, action := range []string{"forum.closed", "forum.topic.gone", "forum.opened", "signin.ok"} {
		b.must(b.Audit.Record(t.Context(), audit.Entry{School: college, Actor: b.member("lea").Person(), Action: audit.ModuleRecorded,
			Object: "o", Details: map[string]string{"module": "forum", "action": action, "files": "3", "logo": ""}}))
	}
	b.must(b.Audit.Record(t.Context(), audit.Entry{School: college, Action: audit.ModuleRecorded, Details: map[string]string{"module": "gone", "action": "gone.forum.closed"}}))

	text := b.ok("yann", "GET", journalPath)
	has(t, "journal", text, "Le forum : Sujet fermé", "Le forum : Sujet retiré", "Le forum : forum.opened", "Le forum : signin.ok", "gone : gone.forum.closed", "fichiers : 3")
	lacks(t, "journal", text, "Le forum : forum.closed", "action : ", "logo", "⟦", "forum.audit")
	has(t, "filter", text, `value="forum/closed"`, `value="forum/topic.gone"`, `value="module.recorded"`)
	lacks(t, "of a school without the module", b.ok("zoe", "GET", journalPath), `value="forum/`, "Sujet")
	has(t, "all that modules noted", b.ok("yann", "GET", journalPath+"?action=module.recorded"), "Sujet fermé", "gone.forum.closed")

	closed := b.ok("yann", "GET", journalPath+"?action=forum/closed")
	if n := strings.Count(closed, "<tr"); n != 2 { // the head of the table and one line
		t.Errorf("%d rows with the filter", n)
	}
	has(t, "filtered by the words", closed, `value="forum/closed" selected`, exportPath+"?action=forum%2Fclosed")
	csv := b.ok("yann", "GET", exportPath+"?action=forum/closed")
	has(t, "file", csv, "module.recorded;", "action : forum.closed", "module : forum")
	lacks(t, "file", csv, "forum.opened")
}

// TestJournalOfOne: whoever looks at what one person did, or what was done about
// them, is told so, and led back.
func TestJournalOfOne(t *testing.T) {
	b := newBench(t)
	lea := b.member("lea")
	b.ok("yann", "POST", personPath(lea.ID)+"/depart")
	lacks(t, "all", b.ok("yann", "GET", journalPath), "Voir tout le journal")
	has(t, "about", b.ok("yann", "GET", journalPath+"?objet="+lea.ID+"&action=person.left"), "Seulement ce qui touche lea Martin.", `href="`+journalPath+`?action=person.left"`)
	has(t, "by", b.ok("yann", "GET", journalPath+"?qui="+b.member("vera").ID), "Seulement ce qu’a fait vera Martin.", "Rien de tel")
	has(t, "nobody", b.ok("yann", "GET", journalPath+"?qui=x"), "Seulement ce qu’a fait x.")
}
