using Expflow.Cli.Screens;
using Expflow.Experiments;
using Expflow.Trials;

namespace Expflow.Cli.Commands;

/// <summary>What a trial ends with: its measures, held against the criteria.</summary>
internal static class TrialEnding
{
    /// <summary>Shows what has been measured.</summary>
    /// <returns>0 when for every stage some setting met all criteria.</returns>
    public static int Show(
        Terminal terminal,
        TrialScreen screen,
        TrialFolder folder,
        TrialRecord record,
        TrialSpec spec,
        bool json
    )
    {
        TrialMeasure[] measures = [.. record.Parts.SelectMany(part => folder.Measures(part.Stage))];
        var report = TrialReport.Of(measures, spec);
        var phases = record.Parts.Sum(part => part.Phases.Count);
        screen.ShowReport(report, phases - measures.Length, folder);
        if (json)
            TrialReportJson.Print(terminal, record, report, phases);
        return measures.Length == phases && report.Choices.All(choice => choice.Meets)
            ? ExitCode.Done
            : ExitCode.Incomplete;
    }
}
