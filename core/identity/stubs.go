package identity

import (
	"context"

	"github.com/preau-ent/preau/core/audit"
	"github.com/preau-ent/preau/sdk/ids"
)

// AddSchool makes a school known. A UAI with a wrong check letter is accepted
// with a warning (a translation key); one that is not seven digits and a
// letter is Invalid, one already known is Conflict.
func (s *Service) AddSchool(ctx context.Context, by audit.By, school School) (warnings []string, err error) {
	return nil, nil
}

// SetSchool changes name, kind, time zone and language of a known school.
func (s *Service) SetSchool(ctx context.Context, by audit.By, school School) error { return nil }

// Schools lists all schools by UAI.
func (s *Service) Schools(ctx context.Context) ([]School, error) { return nil, nil }

// School returns one school; NotFound when unknown.
func (s *Service) School(ctx context.Context, id ids.SchoolID) (School, error) { return School{}, nil }

// SaveMembers writes a batch: accounts are reserved first under (school,
// source), then all members, groups and relations change in one transaction of
// the school. Interrupted between the two it leaves nothing visible, and a
// second run takes up the same accounts. Running it twice changes nothing.
func (s *Service) SaveMembers(ctx context.Context, b Batch) (*Saved, error) { return nil, nil }

// SetRoles gives a member exactly these extra roles.
func (s *Service) SetRoles(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, roles []string) error {
	return nil
}

// SetGroups puts a member into exactly these groups.
func (s *Service) SetGroups(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID, groups []ids.GroupID) error {
	return nil
}

// Leave ends a membership: the person keeps their account for other schools.
func (s *Service) Leave(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) error {
	return nil
}

// Return makes a member who left belong again.
func (s *Service) Return(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) error {
	return nil
}

// SaveGroup creates (ID empty) or changes a group and returns its ID.
func (s *Service) SaveGroup(ctx context.Context, by audit.By, school ids.SchoolID, g Group) (ids.GroupID, error) {
	return "", nil
}

// SignIn opens a session. The errors are: Invalid "identity.signin.wrong"
// (whatever was wrong), TooMany "identity.signin.toomany" (n: minutes to
// wait), Denied "identity.signin.nowhere" (no school any more).
func (s *Service) SignIn(ctx context.Context, login, password, address string) (token string, sess *Session, err error) {
	return "", nil, nil
}

// SessionOf returns the session of a token; SignIn when there is none, or it
// expired, or the person left the school.
func (s *Service) SessionOf(ctx context.Context, token string) (*Session, error) { return nil, nil }

// SignOut ends the session of a token; an unknown token is no error.
func (s *Service) SignOut(ctx context.Context, token, address string) error { return nil }

// SignOutEverywhere ends all sessions of a person.
func (s *Service) SignOutEverywhere(ctx context.Context, person ids.PersonID) error { return nil }

// Switch moves a session to another school of the person; Denied when it is
// not one.
func (s *Service) Switch(ctx context.Context, token string, school ids.SchoolID) (*Session, error) {
	return nil, nil
}

// LookAt chooses the child a guardian looks at; empty means all, Denied when
// it is not their child in this school.
func (s *Service) LookAt(ctx context.Context, token string, child ids.PersonID) (*Session, error) {
	return nil, nil
}

// SetLocale chooses the person's language ("fr", "en").
func (s *Service) SetLocale(ctx context.Context, token, locale string) (*Session, error) {
	return nil, nil
}

// ChangePassword replaces the password of the session's person, ends their
// other sessions and returns a new token for this one. Errors name the fields
// "ancien" and "nouveau".
func (s *Service) ChangePassword(ctx context.Context, token, old, new, address string) (newToken string, sess *Session, err error) {
	return "", nil, nil
}

// ResetPassword gives a member of the school a new first password, to be
// changed at the next sign-in, and ends their sessions. It is the only time
// the password is seen. Denied when the person is staff of another school,
// unless by is the operator.
func (s *Service) ResetPassword(ctx context.Context, by audit.By, school ids.SchoolID, person ids.PersonID) (*FirstPassword, error) {
	return nil, nil
}

// Account returns a person's account; NotFound when unknown.
func (s *Service) Account(ctx context.Context, person ids.PersonID) (*Account, error) {
	return nil, nil
}

// PersonByLogin returns whose login it is; NotFound when nobody's.
func (s *Service) PersonByLogin(ctx context.Context, login string) (ids.PersonID, error) {
	return "", nil
}

// Member returns one member, also one who left; NotFound when unknown.
func (s *Service) Member(ctx context.Context, school ids.SchoolID, person ids.PersonID) (*Member, error) {
	return nil, nil
}

// MemberBySource returns the member that an import knows by this key.
func (s *Service) MemberBySource(ctx context.Context, school ids.SchoolID, source string) (*Member, error) {
	return nil, nil
}

// People returns the living members among these, in their order; unknown
// people are left out.
func (s *Service) People(ctx context.Context, school ids.SchoolID, people ...ids.PersonID) ([]*Member, error) {
	return nil, nil
}

// Members returns the living members of a group by name, of these profiles
// (none given: all).
func (s *Service) Members(ctx context.Context, school ids.SchoolID, group ids.GroupID, profiles ...ids.Profile) ([]*Member, error) {
	return nil, nil
}

// PeopleQuery chooses people of a school for a list.
type PeopleQuery struct {
	Words   string      // each is the beginning of a first name, last name or login; any case, any accents
	Profile ids.Profile // empty: all
	Group   ids.GroupID // empty: all
	Left    bool        // those who left instead
	Cursor  string      // where the page before ended
	Limit   int         // 1 to 500, 50 when zero
}

// ListPeople returns a page of people by last name, and the cursor of the next
// page, empty when there is none.
func (s *Service) ListPeople(ctx context.Context, school ids.SchoolID, q PeopleQuery) (page []*Member, next string, err error) {
	return nil, "", nil
}

// SearchPeople returns at most limit living members of these profiles (none
// given: all) whose names or logins begin with all the words.
func (s *Service) SearchPeople(ctx context.Context, school ids.SchoolID, words string, profiles []ids.Profile, limit int) ([]*Member, error) {
	return nil, nil
}

// CountPeople returns how many living members the school has by profile.
func (s *Service) CountPeople(ctx context.Context, school ids.SchoolID) (map[ids.Profile]int, error) {
	return nil, nil
}

// Groups lists all classes and groups of the school, classes first, by name.
func (s *Service) Groups(ctx context.Context, school ids.SchoolID) ([]*Group, error) { return nil, nil }

// GroupsByID returns these groups in their order; unknown ones are left out.
func (s *Service) GroupsByID(ctx context.Context, school ids.SchoolID, groups ...ids.GroupID) ([]*Group, error) {
	return nil, nil
}

// GuardianOf reports whether guardian is one of child's in this school.
func (s *Service) GuardianOf(ctx context.Context, school ids.SchoolID, guardian, child ids.PersonID) (bool, error) {
	return false, nil
}

// Close stops the service's goroutines; the store is the caller's.
func (s *Service) Close() {}
