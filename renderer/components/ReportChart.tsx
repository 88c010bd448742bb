import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatMoney } from '../../shared/domain/money.ts';
import type { ReportDrawing } from '../../shared/domain/reports/chart.ts';
import classes from './ReportChart.module.css';

type ReportChartProps = { readonly drawing: ReportDrawing; readonly isRightToLeft: boolean };

/** The second of a pile is hatched as well: it is told from the first without its colour. */
const fills = ['var(--current)', 'url(#hatched)'] as const;
const axis = { stroke: 'var(--line-strong)', tick: { fill: 'var(--ink-soft)', fontSize: 13 } } as const;

/** Whole shekels: an axis is not a bill. */
function shekels(minor: number): string {
  return `${formatMoney({ minor: Math.round(minor / 100) * 100, currency: 'ILS' }).replace(/\.00$/, '')} ₪`;
}

function exactly(value: unknown): string {
  return `${formatMoney({ minor: Number(value), currency: 'ILS' })} ₪`;
}

/**
 * A report drawn: lying bars for names, standing ones for dates and hours. In Arabic time runs from right to left and
 * bars grow that way. What it shows stands in the table below it as well.
 */
export function ReportChart({ drawing, isRightToLeft }: ReportChartProps) {
  const { lies, series, points } = drawing;
  // A picture has no direction of its own: «19 تشرين الثاني» would begin at its left end.
  const inOrder = (label: string): string => `${isRightToLeft ? '\u2067' : '\u2066'}${label}\u2069`;
  const data = points.map(({ label, values }) => ({ label: inOrder(label), ...values }));
  const amounts = { ...axis, type: 'number', tickFormatter: shekels } as const;
  const names = { ...axis, type: 'category', dataKey: 'label' } as const;
  const side = isRightToLeft ? 'right' : 'left';
  return (
    <div className={classes.chart} dir="ltr" data-testid="report-chart">
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={data}
          layout={lies ? 'vertical' : 'horizontal'}
          accessibilityLayer={false}
          margin={{ top: 8, right: 16, bottom: 0, left: 16 }}
          barCategoryGap="22%"
        >
          <defs>
            <pattern
              id="hatched"
              width="7"
              height="7"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect className={classes.ground} width="7" height="7" />
              <rect className={classes.line} width="3" height="7" />
            </pattern>
          </defs>
          <CartesianGrid stroke="var(--line)" vertical={lies} horizontal={!lies} strokeDasharray="3 4" />
          {lies ? (
            <>
              <XAxis {...amounts} reversed={isRightToLeft} tickLine={false} />
              <YAxis {...names} orientation={side} width={150} tickLine={false} interval={0} />
            </>
          ) : (
            <>
              <XAxis {...names} reversed={isRightToLeft} tickLine={false} minTickGap={10} />
              <YAxis {...amounts} orientation={side} width={92} tickLine={false} axisLine={false} />
            </>
          )}
          {lies ? (
            <ReferenceLine x={0} stroke="var(--line-strong)" />
          ) : (
            <ReferenceLine y={0} stroke="var(--line-strong)" />
          )}
          <Tooltip
            cursor={{ fill: 'var(--card-soft)' }}
            isAnimationActive={false}
            content={({ active, label, payload }) =>
              active ? (
                <div className={classes.tip} dir={isRightToLeft ? 'rtl' : 'ltr'}>
                  <strong>{label}</strong>
                  {payload.map(({ name, value }) => (
                    <span key={String(name)}>
                      {name}: <bdi dir="ltr">{exactly(value)}</bdi>
                    </span>
                  ))}
                </div>
              ) : null
            }
          />
          {series.length > 1 && (
            <Legend
              verticalAlign="top"
              height={26}
              formatter={(name) => <span className={classes.name}>{name}</span>}
            />
          )}
          {series.map((name, index) => (
            <Bar
              key={name}
              name={name}
              dataKey={String(index)}
              {...(series.length > 1 ? { stackId: 'all' } : {})}
              fill={fills[index] ?? fills[0]}
              radius={series.length > 1 ? 0 : 3}
              maxBarSize={lies ? 26 : 44}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
