/** A sample, or an approved one, as far as it tells which model answered. */
export interface Answered {
  model: string;
  modelVersion: string | null;
}

/**
 * A model may change behind its name. What to tell of it: several versions in one run, which then compares apples with pears,
 * and versions other than those that were approved under the same name.
 */
export function versionWarnings(made: readonly Answered[], approved: readonly Answered[]): string[] {
  return [...new Set(made.map(({ model }) => model))].flatMap((model) => {
    const [now, before] = [versionsOf(made, model), versionsOf(approved, model)];
    const fresh = now.filter((version) => !before.includes(version));
    return [
      ...(now.length > 1 ? [`${model} changed during the run: it answered as ${now.join(', ')}`] : []),
      ...(before.length > 0 && fresh.length > 0
        ? [
            `${model} is not the model that was approved: it answers as ${fresh.join(', ')}, the baseline as ${before.join(', ')}`,
          ]
        : []),
    ];
  });
}

function versionsOf(samples: readonly Answered[], model: string): string[] {
  const own = samples.filter((sample) => sample.model === model);
  return [...new Set(own.flatMap(({ modelVersion }) => modelVersion ?? []))].sort();
}
