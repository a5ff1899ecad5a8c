// Exits with 1 and says what is wrong when a manifest or a dashboard is not what Kubernetes or Grafana take.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { loadAll } from 'js-yaml';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Secret } from 'kubernetes-models/v1/Secret';
import { Service } from 'kubernetes-models/v1/Service';
import { createGenerator } from 'ts-json-schema-generator';

const here = path.dirname(fileURLToPath(import.meta.url));
const kinds = { ConfigMap, Deployment, Secret, Service };
const findings = [];
let checked = 0;

function note(where, problem) {
    findings.push(`${where}: ${problem}`);
}

function files(directory, ending) {
    const whole = path.join(here, '..', directory);
    return fs.readdirSync(whole).filter((name) => name.endsWith(ending)).map((name) => path.join(whole, name));
}

function checkManifests() {
    for (const file of files('kubernetes', '.yaml')) {
        for (const manifest of loadAll(fs.readFileSync(file, 'utf8'))) {
            const where = `${path.basename(file)}, ${manifest.kind} ${manifest.metadata?.name}`;
            checked++;
            try {
                new kinds[manifest.kind](manifest).validate();
            } catch (e) {
                note(where, e.message);
            }
        }
    }
}

function grafanaTypes() {
    const generator = createGenerator({
        path: path.join(here, 'dashboard-types.ts'),
        tsconfig: path.join(here, 'tsconfig.json'),
        skipTypeCheck: true,
    });
    const ajv = new Ajv({ allErrors: true, strict: false });
    const names = ['DashboardFile', 'PanelOfFile', 'StatOptions', 'TimeSeriesOptions', 'TimeSeriesStyle'];
    return Object.fromEntries(names.map((name) => [name, ajv.compile(generator.createSchema(name))]));
}

function checkDashboards() {
    const types = grafanaTypes();
    const check = (type, value, where) => {
        if (!types[type](value)) {
            types[type].errors.forEach((e) => note(where, `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
        }
    };
    for (const file of files('grafana/dashboards', '.json')) {
        const { panels, ...dashboard } = JSON.parse(fs.readFileSync(file, 'utf8'));
        check('DashboardFile', dashboard, path.basename(file));
        for (const panel of panels) {
            const where = `${path.basename(file)}, ${panel.title}`;
            checked++;
            check('PanelOfFile', panel, where);
            check(panel.type === 'stat' ? 'StatOptions' : 'TimeSeriesOptions', panel.options ?? {}, where);
            check('TimeSeriesStyle', panel.fieldConfig?.defaults?.custom ?? {}, where);
        }
    }
}

checkManifests();
checkDashboards();
findings.forEach((finding) => console.error(finding));
console.log(`${checked} manifests and panels checked, ${findings.length} findings`);
process.exit(findings.length > 0 || checked === 0 ? 1 : 0);
