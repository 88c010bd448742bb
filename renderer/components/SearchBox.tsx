import { Loader } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useId } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { mostHits } from '../../shared/domain/mostHits.ts';
import type { SearchHit } from '../../shared/ipc/contract.ts';
import { Figure } from './Figure.tsx';
import { KeyCap } from './KeyCap.tsx';
import { figures, useSpeech } from '../i18n/useSpeech.ts';
import classes from './SearchBox.module.css';

type SearchBoxProps = {
  readonly inputRef: Ref<HTMLInputElement>;
  readonly text: string;
  readonly hits: readonly SearchHit[];
  readonly hitsFor: string;
  readonly highlighted: number;
  readonly isBusy: boolean;
  readonly problem: ReactNode;
  readonly onType: (text: string) => void;
  readonly onHighlight: (index: number) => void;
  readonly onEnter: () => void;
  readonly onChoose: (hit: SearchHit) => void;
  /** Arrow down where there are no results: to the bills. */
  readonly onLeaveDown: () => void;
};

/** The one box: name, number or scan. Results while typing, chosen with arrows and Enter. */
export function SearchBox(props: SearchBoxProps) {
  const { inputRef, text, hits, hitsFor, highlighted, isBusy, problem } = props;
  const { t, named } = useSpeech();
  const listId = useId();
  const isAsking = text.trim() !== '';
  const isStale = hitsFor !== text;
  const isOpen = isAsking && (hits.length > 0 || !isStale || problem !== null);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      props.onEnter();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isAsking) {
        if (event.key === 'ArrowDown') props.onLeaveDown();
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const index = Math.min(hits.length - 1, Math.max(0, highlighted + step));
      props.onHighlight(index);
      document.getElementById(`${listId}-${index}`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  return (
    <div className={classes.box}>
      <div className={classes.field}>
        <IconSearch size="1.4rem" className={classes.icon} aria-hidden="true" />
        <input
          ref={inputRef}
          className={classes.input}
          value={text}
          onChange={(event) => props.onType(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          placeholder={t('counter.searchPlaceholder')}
          aria-label={t('counter.searchLabel')}
          aria-keyshortcuts="F2"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen && hits.length > 0}
          aria-controls={listId}
          {...(isOpen && hits[highlighted] !== undefined
            ? { 'aria-activedescendant': `${listId}-${highlighted}` }
            : {})}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={600}
          data-testid="search"
        />
        {isBusy && <Loader size="sm" aria-hidden="true" />}
        <KeyCap keys="F2" />
      </div>
      <div className={classes.drop} hidden={!isOpen}>
        <ul
          id={listId}
          role="listbox"
          aria-label={t('counter.resultsLabel')}
          className={classes.list}
          data-testid="search-results"
        >
          {hits.map((hit, index) => (
            <li
              key={`${hit.accountId}-${hit.billId ?? 0}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === highlighted}
              className={classes.hit}
              onMouseDown={(event) => {
                event.preventDefault();
                props.onChoose(hit);
              }}
              data-testid="search-hit"
              data-account={hit.accountNumber}
            >
              <span className={classes.name}>{hit.name}</span>
              <span className={classes.where}>
                <bdi>{hit.quarter}</bdi> · {named(hit.category)}
                {hit.matched !== 'name' && hit.matchedText !== null && (
                  <mark className={classes.match}>
                    {t(`counter.matched.${hit.matched}`)} <bdi dir="ltr">{hit.matchedText}</bdi>
                  </mark>
                )}
              </span>
              <span className={classes.numbers}>
                <span>{t('counter.matched.account')}</span>
                <bdi dir="ltr">{hit.accountNumber}</bdi>
                {hit.identityNumber !== null && (
                  <>
                    <span>{t('counter.matched.identity')}</span>
                    <bdi dir="ltr">{hit.identityNumber}</bdi>
                  </>
                )}
              </span>
              <span className={classes.owed} data-nothing={hit.owedMinor === 0 || undefined}>
                {hit.owedMinor === 0 ? (
                  t('counter.owesNothing')
                ) : (
                  <Figure text={figures(hit.owedMinor)} size="row" />
                )}
              </span>
            </li>
          ))}
        </ul>
        {problem}
        {problem === null && hits.length === 0 && isAsking && !isStale && (
          <div className={classes.none} role="status" data-testid="search-none">
            <b>{t('counter.noHits', { text: text.trim() })}</b>
            <span>{t('counter.noHitsHint')}</span>
          </div>
        )}
        {hits.length > 0 && (
          <div className={classes.foot}>
            <span role="status" data-testid="search-count">
              {hits.length < mostHits
                ? t('counter.hits', { count: hits.length })
                : t('counter.firstHits', { count: hits.length })}
            </span>
            <span>{t('counter.hitKeys')}</span>
          </div>
        )}
      </div>
    </div>
  );
}
