package main

import (
	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/ids"
)

// asks makes an event one that a teacher organises, to be signed by guardians
// by the end of a day after the Monday.
func (d *demonstration) asks(e *Entry, teacher ids.PersonID, day int) {
	e.ID, e.Author, e.AuthorName, e.Teachers = ids.New(), teacher, d.names[teacher], []ids.PersonID{teacher}
	e.Sign = &Asking{Until: endOfDay(d.at(day, "00:00"))}
}

// answers has some guardians of each class answered: a third signs, one refuses.
func (d *demonstration) answers(event *sdk.Event, list []*Entry) (answers []*Signature, err error) {
	for _, e := range list {
		for _, class := range d.fill.Classes {
			if e.Sign == nil || e.Calendar != GroupOf(class.ID) {
				continue
			}
			pupils, err := event.Directory.People(class.Pupils...)
			if err != nil {
				return nil, err
			}
			first := map[ids.PersonID]ids.PersonID{} // pupil → guardian
			var guardians []ids.PersonID
			for _, p := range pupils {
				if len(p.Guardians) > 0 {
					first[p.ID] = p.Guardians[0]
					guardians = append(guardians, p.Guardians[0])
				}
			}
			people, err := event.Directory.People(guardians...)
			if err != nil {
				return nil, err
			}
			names := map[ids.PersonID]string{}
			for _, p := range people {
				names[p.ID] = p.Name
			}
			for j, pupil := range class.Pupils {
				who, ok := first[pupil]
				if refuses := j == 5; ok && (j%3 == 1 || refuses) {
					answers = append(answers, &Signature{ID: signatureID(e, pupil, who), Entry: e.ID, Pupil: pupil, Guardian: who,
						Name: names[who], Agrees: !refuses, Terms: e.terms(), At: d.now, Ends: e.Last})
				}
			}
		}
	}
	return answers, nil
}
