/* The one place that knows ECharts. Tooltips as rich text: HTML ones would need styles that the policy forbids. */
import { LineChart } from 'echarts/charts'
import { AriaComponent, DataZoomComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([LineChart, GridComponent, LegendComponent, TooltipComponent, DataZoomComponent, AriaComponent, CanvasRenderer])

/* Colours that stay apart without colour sight, and dashes that stay apart in black and white. */
const STYLE = [
  { color: '#0b5d52', dash: 'solid' }, { color: '#1a5fb4', dash: [6, 4] }, { color: '#8a5a00', dash: [2, 3] }, { color: '#1b7a3d', dash: 'solid' }, { color: '#b3261e', dash: [8, 3, 2, 3] },
] as const

export interface Line {
  name: string
  of: number[]
}
export interface Chart {
  lines(labels: string[], lines: Line[]): void
  close(): void
}

export function open(box: HTMLElement): Chart {
  const chart = init(box)
  const seen = new ResizeObserver(() => chart.resize())
  seen.observe(box)
  const size = () => parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.8125
  return {
    lines(labels, lines) {
      const fontSize = size()
      chart.setOption({
        animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        textStyle: { fontSize, fontFamily: getComputedStyle(box).fontFamily },
        grid: { left: 48, right: 24, top: 48, bottom: labels.length > 62 ? 72 : 32 },
        legend: { top: 4, itemWidth: 32, textStyle: { fontSize, color: '#1b1f23' } },
        tooltip: { trigger: 'axis', renderMode: 'richText' },
        xAxis: { type: 'category', data: labels, boundaryGap: false, axisLabel: { fontSize, color: '#5a646e' } },
        yAxis: { type: 'value', minInterval: 1, axisLabel: { fontSize, color: '#5a646e' } },
        ...(labels.length > 62 ? { dataZoom: [{ type: 'slider', bottom: 8, height: 24 }, { type: 'inside' }] } : { dataZoom: [] }),
        series: lines.map((l, i) => ({ type: 'line', name: l.name, data: l.of, symbolSize: 5, showSymbol: labels.length <= 62, color: STYLE[i % STYLE.length]!.color, lineStyle: { width: 2, type: STYLE[i % STYLE.length]!.dash as never } })),
      }, true)
    },
    close() {
      seen.disconnect()
      chart.dispose()
    },
  }
}
