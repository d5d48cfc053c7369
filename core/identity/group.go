package identity

// Kinds of group.
const (
	Classe = "classe"
	Groupe = "groupe"
)

// Group is a class or another group of one school.
type Group struct {
	ID     string `json:"id"`
	Source string `json:"source,omitempty"` // key in the export it came from; unique in the school
	Name   string `json:"name"`
	Kind   string `json:"kind"` // Classe or Groupe
}
