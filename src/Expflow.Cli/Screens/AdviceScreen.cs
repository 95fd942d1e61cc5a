using System.Globalization;
using Expflow.Advice;
using Expflow.Cli.Commands;
using Expflow.Problems;

namespace Expflow.Cli.Screens;

/// <summary>What the next runs should ask for, what that stands on and saves, and what was written into the file.</summary>
internal sealed class AdviceScreen(Terminal terminal, DateTimeOffset now)
{
    private const string Unknown = "unknown";
    private const int MostValues = 12;

    public void Show(AdvisedExperiment advice, AppliedAdvice? applied)
    {
        var reading = advice.Reading;
        var lost = reading.Attempts.Count(use => !use.IsDone && !use.GoesOn);
        terminal.Line(
            $"{reading.Name}: {DecisionText.Count(advice.Stages.Sum(stage => stage.Finished), "finished run")}"
                + (lost == 0 ? "" : $", {DecisionText.Count(lost, "attempt")} that ended otherwise")
        );
        foreach (var stage in advice.Stages)
            Show(stage);
        ShowCost(advice.Stages);
        ShowPlaces(advice.Places);
        if (reading.Over.Count > 0)
            terminal.Line(
                $"The last submission was given {string.Join(" ", reading.Over)} over the file; 'asked' is what the file says."
            );
        foreach (var warning in advice.Warnings)
            terminal.Line($"warning: {warning.Words}.");
        terminal.Line();
        if (applied is not null)
            ShowApplied(applied);
        else
            ShowNextStep(advice);
    }

    private void Show(StageAdvice stage)
    {
        terminal.Line();
        terminal.Line(
            $"{stage.Stage.Name}: {stage.Finished:#,0} finished, {stage.Remaining:#,0} of {stage.Runs:#,0} remain"
        );
        PlainTable.Print(
            terminal,
            ["resource", ">asked", ">p95", ">most", ">next", "stands on"],
            [.. stage.Resources.Select(Row)]
        );
        if (stage.Gpus is { } gpus)
            Show(stage, gpus);
        foreach (var one in stage.Resources.Where(one => one.Driver is { Matters: true }))
            Show(one, one.Driver!);
    }

    private static string[] Row(ResourceAdvice one) =>
        [
            one.Key,
            one.Asked is { } asked ? ResourceText.Write(one.Key, asked) : Figures.Nothing,
            Shown(one.Key, one.Evidence.Measured?.P95),
            Shown(one.Key, one.Evidence.Measured?.Most),
            one.Next is { } next ? ResourceText.Write(one.Key, next) : Unknown,
            one.Words,
        ];

    private void Show(StageAdvice stage, GpuAdvice gpus)
    {
        var asked = stage.Stage.Resources.Gpus!.Value;
        var lost =
            gpus.OutOfMemory == 0 ? "" : $"; {DecisionText.Count(gpus.OutOfMemory, "attempt")} ran out of GPU memory";
        terminal.Line($"  gpus: {asked}, which stays; {gpus.Words}{lost}");
        if (gpus.Workers is { } workers)
            terminal.Line(
                workers > 1
                    ? $"  {workers} such runs have room on one GPU. How fast they are together, 'expflow trial' measures."
                    : "  One run fills a GPU."
            );
        if (gpus.Types.Count > 1)
        {
            PlainTable.Print(
                terminal,
                ["GPU", ">runs", ">median", ">GPU-hours a run", ">busy", ">time, fastest = 1"],
                [.. gpus.Types.Select(Row)]
            );
        }
        if (asked.Type is null && gpus.Types.Count > 0 && stage.Remaining > 0)
            terminal.Line(
                $"  The file names no type, and a partition may give another: name one in 'gpus', or times can't be compared with those of the {DecisionText.Count(gpus.Types.Sum(type => type.Runs), "run")} done on {string.Join(" and ", gpus.Types.Select(type => type.Type))}."
            );
    }

    private static string[] Row(GpuTypeUse type) =>
        [
            type.Type,
            Figures.Count(type.Runs),
            ResourceText.Show(ResourceText.Walltime, type.Seconds),
            Hours(type.GpuHours),
            type.Use is { } use ? $"{use.ToString("0", CultureInfo.InvariantCulture)} %" : Unknown,
            type.Relative is { } relative ? relative.ToString("0.0#", CultureInfo.InvariantCulture) : Unknown,
        ];

    private void Show(ResourceAdvice one, DriverAdvice driver)
    {
        var also = driver.Also.Count == 0 ? "" : $", or with {string.Join(", ", driver.Also)}, which changes with it";
        terminal.Line($"  {one.Key} goes with {driver.Parameter} ({Percent(driver.Share)} of its variation){also}:");
        PlainTable.Print(
            terminal,
            [driver.Parameter, ">remain", ">measured", ">most", ">next", "note"],
            [
                .. driver
                    .Values.Take(MostValues)
                    .Select(value =>
                        new[]
                        {
                            value.Value,
                            Figures.Count(value.Remaining),
                            Figures.Count(value.Evidence.Measured?.Count ?? 0),
                            Shown(one.Key, value.Evidence.Measured?.Most),
                            value.Next is { } next ? ResourceText.Write(one.Key, next) : Unknown,
                            value.Evidence.OutgrownAt is { } limit
                                ? $"{DecisionText.Count(value.Evidence.Outgrown, "run")} needed more than {ResourceText.Show(one.Key, limit)}"
                                : "",
                        }
                    ),
            ]
        );
        if (driver.Values.Count > MostValues)
            terminal.Line($"  … and {driver.Values.Count - MostValues:#,0} more values; '--json' has them all.");
    }

    private void ShowCost(IReadOnlyList<StageAdvice> stages)
    {
        terminal.Line();
        var rows = new List<string[]>();
        var (remaining, all) = (CostComparison.OfRemaining(stages), CostComparison.OfAll(stages));
        Add(rows, "that remain", remaining);
        if (all.Runs > remaining.Runs)
            Add(rows, "of the sweep", all);
        PlainTable.Print(
            terminal,
            [
                ">runs",
                "which",
                "kept",
                ">CPU-hours asked",
                ">advised",
                ">saved",
                ">GPU-hours asked",
                ">advised",
                ">saved",
            ],
            rows
        );
    }

    private static void Add(List<string[]> rows, string what, CostComparison cost)
    {
        if (cost.Runs == 0)
            return;
        var (asked, advised) = (cost.Asked, cost.Advised);
        var hasGpus = asked is not { GpuAtMost: 0, GpuExpected: 0 };
        string[] Row(string kept, double? cpu, double? cpuNow, double? gpu, double? gpuNow) =>
            [
                Figures.Count(cost.Runs),
                what,
                kept,
                Hours(cpu),
                Hours(cpuNow),
                Hours(cpu - cpuNow),
                .. hasGpus ? [Hours(gpu), Hours(gpuNow), Hours(gpu - gpuNow)] : (string[])["", "", ""],
            ];
        rows.Add(Row("at most", asked.CpuAtMost, advised.CpuAtMost, asked.GpuAtMost, advised.GpuAtMost));
        if (asked.CpuExpected is not null)
            rows.Add(
                Row("as measured", asked.CpuExpected, advised.CpuExpected, asked.GpuExpected, advised.GpuExpected)
            );
    }

    private void ShowPlaces(Checked<AdvicePlaces> places)
    {
        terminal.Line();
        if (!places.TryGet(out var known))
        {
            terminal.Line(places.Problems[0].Text);
            return;
        }
        terminal.Line("Partitions that take it, the best first:");
        new PartitionsScreen(terminal, known.Site, now).Show(known.Looks);
        foreach (var start in known.Starts.Where(start => start.AsAdvised < start.AsAsked))
            terminal.Line(
                $"{start.Stage} in '{start.Partition}': as asked {Starts(start.AsAsked, start.Now)}, as advised {Starts(start.AsAdvised, start.Now)}."
            );
    }

    private static string Starts(DateTimeOffset at, DateTimeOffset asked) =>
        at - asked < TimeSpan.FromMinutes(1) ? "at once" : $"in {Durations.Words(at - asked)}";

    private void ShowNextStep(AdvisedExperiment advice)
    {
        if (!advice.Reading.Planned.TryGet(out _))
        {
            terminal.Complain(
                $"{advice.Reading.Planned.Problems[0]} This advice is on the experiment as it was submitted last."
            );
            return;
        }
        var isChange = advice.Stages.Any(stage => stage.Resources.Any(one => one.IsChange));
        terminal.Line(
            isChange
                ? $"'expflow advise {advice.Reading.Name} --apply' writes it into '{advice.Reading.File ?? advice.Reading.Definition.File}'."
            : advice.Stages.All(stage => stage.Finished == 0) ? "No run has finished yet, so there is nothing to go by."
            : "There is nothing to change in the file."
        );
        if (isChange)
            terminal.Line(
                $"next is p95 × 1.25 and more than the most that was seen. Rounded: memory {ResourceRule.MemoryRounding}; walltime {ResourceRule.TimeRounding}; cpus {ResourceRule.CoreRounding}."
            );
    }

    private void ShowApplied(AppliedAdvice applied)
    {
        foreach (var problem in applied.Refused)
            terminal.Complain($"{problem}");
        if (applied.Diff.Count == 0)
        {
            terminal.Line(
                applied.Refused.Count > 0 ? "Nothing was written." : "There is nothing to change in the file."
            );
            return;
        }
        terminal.Line($"--- {applied.File}");
        terminal.Line($"+++ {applied.File}");
        foreach (var line in applied.Diff)
            terminal.Line(line);
        terminal.Line("Written. The runs keep their ids.");
    }

    private static string Shown(string key, double? value) =>
        value is { } known ? ResourceText.Show(key, known) : Unknown;

    private static string Percent(double share) => $"{(share * 100).ToString("0", CultureInfo.InvariantCulture)} %";

    internal static string Hours(double? hours) =>
        hours switch
        {
            null => Unknown,
            > 0 and < 0.005 => "<0.01",
            < 0.005 and > -0.005 => "0",
            < 10 and > -10 => hours.Value.ToString("0.##", CultureInfo.InvariantCulture),
            _ => hours.Value.ToString("#,0", CultureInfo.InvariantCulture),
        };
}
