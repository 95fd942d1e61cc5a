using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Experiments;
using Expflow.Indexing;
using Expflow.Manifests;
using Expflow.Problems;
using Expflow.Projects;
using Expflow.Verification;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow verify</c>: what should be there against what is.</summary>
internal sealed class VerifyCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var target = new Argument<string>("experiment|file")
        {
            Description =
                "An experiment file, to hold what was found against the file as it stands now; or an experiment's name, against what was submitted.",
        };
        var all = new Option<bool>("--all") { Description = "List every hole, not only the first ones." };
        var anyCode = new Option<bool>("--any-code") { Description = "Take results of older code for good." };
        var json = SharedOptions.Json();
        var command = new Command(
            "verify",
            "Hold what was found against what should exist, and give each hole its reason.\n\nExample: expflow verify digits.yaml --all"
        )
        {
            target,
            all,
            anyCode,
            json,
        };
        input.AddOptionsTo(command);
        command.SetAction(
            async (parsed, _) =>
                await new VerifyCommand(with).RunAsync(
                    input,
                    parsed,
                    parsed.GetValue(target)!,
                    new(parsed.GetValue(all), parsed.GetValue(anyCode), parsed.GetValue(json))
                )
        );
        return command;
    }

    private sealed record Choices(bool All, bool AnyCode, bool Json);

    private sealed record Expectation(ProjectFolder Project, string Experiment, IReadOnlyList<ManifestRun>? Runs);

    private async Task<int> RunAsync(ExperimentInput input, ParseResult parsed, string target, Choices choices)
    {
        var expected = Expect(input, parsed, target);
        if (!expected.TryGet(out var expectation))
            return with.Terminal.Fail(expected.Problems);
        using var index = with.OpenIndex(expectation.Project);
        using var slurm = new SlurmReading(with, expectation.Project, index);
        var view = index.Experiments().Contains(expectation.Experiment)
            ? await slurm.LookAsync([expectation.Experiment])
            : SlurmView.Nothing;
        var pools = await new PoolReading(with, expectation.Project, index, slurm).LookAsync(
            index.Experiments().Contains(expectation.Experiment) ? [expectation.Experiment] : []
        );
        var report = Verify(expectation, index, view, pools, choices);
        if (choices.Json)
            VerificationScreen.PrintJson(with.Terminal, expectation.Experiment, report);
        else
            new VerificationScreen(with.Terminal).Show(expectation.Experiment, target, report, choices.All);
        return report.Holes.Count > 0 ? ExitCode.Incomplete : ExitCode.Done;
    }

    private Checked<Expectation> Expect(ExperimentInput input, ParseResult parsed, string target)
    {
        if (!IsFile(target) && with.FindProject().TryGet(out var project))
        {
            using var index = with.OpenIndex(project);
            var submitted = SubmittedExperiments.ChooseOne(index, target);
            if (submitted.TryGet(out _))
                return new Expectation(project, target, null);
            if (!ExperimentFiles.Find(with, target).TryGet(out _))
                return Checked<Expectation>.Failed(submitted.Problems);
        }
        var planned = input.Plan(with, parsed, target, Overrides.None);
        return planned.TryGet(out var plan)
            ? new Expectation(plan.Project, plan.Experiment.Name, [.. plan.Plan.ToManifest()])
            : Checked<Expectation>.Failed(planned.Problems);
    }

    private bool IsFile(string target) =>
        target.EndsWith(".yaml", StringComparison.Ordinal)
        || target.EndsWith(".yml", StringComparison.Ordinal)
        || File.Exists(Path.Combine(with.Folder, target));

    private static VerificationReport Verify(
        Expectation expected,
        RunIndex index,
        SlurmView view,
        PoolView pools,
        Choices choices
    )
    {
        if (!index.Experiments().Contains(expected.Experiment))
            return new Verifier(_ => [], _ => false, _ => []).Verify(expected.Runs ?? [], []);
        var reading = new StatusReading(expected.Project, index, view, pools);
        var found = index.Runs(expected.Experiment);
        var leftBehind = reading.LeftBehind(expected.Experiment, reading.Standings.Of(found));
        var age = new CodeAge(expected.Project, index, expected.Experiment);
        var outputs = new DeclaredOutputs(expected.Project);
        return new Verifier(reading.Of, run => !choices.AnyCode && age.IsOlder(run), outputs.Missing).Verify(
            expected.Runs ?? [.. found.Where(run => !leftBehind.Contains(run.Run.Id)).Select(run => run.Run)],
            found
        );
    }
}
