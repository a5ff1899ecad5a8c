// The types of Grafana that our dashboards are made of; check.mjs makes JSON schemas of them.
import type { Dashboard as Whole, Panel as OnePanel } from '@grafana/schema/dist/types/raw/dashboard/x/dashboard_types.gen';
import type { Options as StatPanel } from '@grafana/schema/dist/types/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type {
    FieldConfig as TimeSeriesFields,
    Options as TimeSeriesPanel,
} from '@grafana/schema/dist/types/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

export type DashboardFile = Omit<Whole, 'panels'>;
export type PanelOfFile = OnePanel;
export interface StatOptions extends Partial<StatPanel> {}
export interface TimeSeriesOptions extends Partial<TimeSeriesPanel> {}
export interface TimeSeriesStyle extends Partial<TimeSeriesFields> {}
