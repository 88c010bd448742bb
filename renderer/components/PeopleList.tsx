import type { DemonstrationSignIns } from '../../shared/ipc/contract.ts';
import classes from './PeopleList.module.css';

type Person = DemonstrationSignIns[number];

type PeopleListProps = {
  readonly people: DemonstrationSignIns;
  readonly title: string;
  readonly hint: string;
  readonly nameOf: (person: Person) => string;
  readonly roleOf: (role: Person['role']) => string;
  readonly pinOf: (pin: string) => string;
  readonly onChoose?: (person: Person) => void;
};

/** The demonstration's people: buttons to choose one, or a plain list to read. */
export function PeopleList({ people, title, hint, nameOf, roleOf, pinOf, onChoose }: PeopleListProps) {
  return (
    <section className={classes.people} aria-label={title}>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.hint}>{hint}</p>
      <ul className={classes.list}>
        {people.map((person) => {
          const inside = (
            <>
              <span className={classes.name}>{nameOf(person)}</span>
              <span className={classes.role}>{roleOf(person.role)}</span>
              <span className={classes.login}>
                <bdi dir="ltr">{person.login}</bdi>
              </span>
              <span className={classes.pin}>{pinOf(person.pin)}</span>
            </>
          );
          return (
            <li key={person.login}>
              {onChoose === undefined ? (
                <div className={classes.person} data-testid={`person-${person.login}`}>
                  {inside}
                </div>
              ) : (
                <button
                  type="button"
                  className={classes.person}
                  onClick={() => onChoose(person)}
                  data-testid={`person-${person.login}`}
                >
                  {inside}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
