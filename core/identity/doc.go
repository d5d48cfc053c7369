// Package identity knows schools, people and who is signed in.
//
// A person has one [Account] (login, password) for all their schools, kept in
// the space of no school, and in each school a [Member]: profile, extra roles,
// classes and groups, guardians. The member is the truth about belonging; an
// account without a living member anywhere cannot sign in.
//
// A [Session] is a random 256-bit token, stored only as its hash. What a
// request needs of it (roles, the viewer that modules are given) is prepared
// once and cached; a change to a school's people, a sign-out or a change of
// password is in force at the next request.
//
// Nothing here walks over all people: every question is an indexed look-up.
package identity
