import type { PaperDocument, PaperElement } from '../../shared/domain/paper.ts';
import { figures } from '../i18n/useSpeech.ts';
import { Figure } from './Figure.tsx';
import classes from './PaperSheet.module.css';

/** A paper as it is printed, on the screen: Arabic whatever language is shown, as the paper is. */
export function PaperSheet({ paper }: { readonly paper: PaperDocument }) {
  return (
    <article className={classes.paper} dir="rtl" lang="ar" data-testid="paper-sheet" tabIndex={0}>
      <header className={classes.head}>
        <b>{paper.municipality.ar}</b>
        <span>{paper.centre.ar}</span>
        <h2 className={classes.title}>{paper.title}</h2>
        {paper.number !== null && <bdi dir="ltr">{paper.number}</bdi>}
      </header>
      {paper.elements.map((element, index) => (
        <Element key={index} element={element} />
      ))}
    </article>
  );
}

function Element({ element }: { readonly element: PaperElement }) {
  switch (element.kind) {
    case 'heading':
      return <h3 className={classes.heading}>{element.text}</h3>;
    case 'fact':
      return (
        <p className={classes.fact}>
          <span>{element.label}</span>
          {element.isIdentifier ? <bdi dir="ltr">{element.value}</bdi> : <bdi>{element.value}</bdi>}
        </p>
      );
    case 'amount':
      return (
        <p className={classes.fact} data-strong={element.isStrong || undefined}>
          <span>{element.label}</span>
          <Figure text={figures(element.minor, element.currency)} currency={element.currency} size="row" />
        </p>
      );
    case 'table':
      return (
        <table className={classes.table}>
          <thead>
            <tr>
              {element.columns.map((column, index) => (
                <th key={index} scope="col" data-figure={column.isFigure || undefined}>
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {element.rows.map((row, index) => (
              <Row key={index} cells={row} element={element} />
            ))}
          </tbody>
          {element.total !== null && (
            <tfoot>
              <Row cells={element.total} element={element} />
            </tfoot>
          )}
        </table>
      );
    case 'note':
      return <p className={classes.note}>{element.text}</p>;
    case 'rule':
      return <hr className={classes.rule} />;
    case 'signatures':
      return (
        <div className={classes.signatures}>
          {element.people.map((person, index) => (
            <span key={index}>
              {person.label}
              <br />
              <bdi>{person.name}</bdi>
            </span>
          ))}
        </div>
      );
  }
}

function Row({
  cells,
  element,
}: {
  readonly cells: readonly string[];
  readonly element: Extract<PaperElement, { kind: 'table' }>;
}) {
  return (
    <tr>
      {cells.map((cell, index) => {
        const isFigure = element.columns[index]?.isFigure === true;
        return (
          <td key={index} data-figure={isFigure || undefined}>
            {isFigure ? <bdi dir="ltr">{cell}</bdi> : <bdi>{cell}</bdi>}
          </td>
        );
      })}
    </tr>
  );
}
