using System.CommandLine;
using Expflow.Access;
using Expflow.Cli.Screens;
using Expflow.Experiments;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow partitions</c>: which of the user's accounts may use which partition, and when a job would start there.</summary>
internal sealed class PartitionsCommand(Composition with)
{
    public static Command Create(Composition with)
    {
        var input = new ExperimentInput();
        var wishes = new AccessWishes();
        var file = new Argument<string?>("file")
        {
            Description = "An experiment file: asks for what its stages ask for.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "file",
        };
        var calls = new Option<int>("--calls")
        {
            Description = "The most calls of 'sbatch --test-only'. What is left out is said.",
            DefaultValueFactory = _ => AccessSurvey.UsualCalls,
            HelpName = "N",
        };
        calls.Validators.Add(given =>
        {
            if (given.Tokens.Count > 0 && (!int.TryParse(given.Tokens[0].Value, out var number) || number < 0))
                given.AddError($"'--calls {given.Tokens[0].Value}' is no number of calls. Give 0 or more.");
        });
        var refresh = SharedOptions.Refresh();
        var json = SharedOptions.Json();
        var command = new Command(
            "partitions",
            "Show which of your accounts may use which partition, and when a job would start there. Nothing is submitted.\n\nExamples:\n  expflow partitions\n  expflow partitions --cpus 8 --gpus 1 --walltime 8h\n  expflow partitions kd-gat.yaml --stages vgae"
        )
        {
            file,
        };
        wishes.AddTo(command);
        input.AddOptionsTo(command);
        command.Add(calls);
        command.Add(refresh);
        command.Add(json);
        command.SetAction(
            async (parsed, _) =>
            {
                var jobs = Jobs(with, parsed, parsed.GetValue(file), input, wishes);
                return jobs.TryGet(out var asked)
                    ? await new PartitionsCommand(with).Run(
                        asked,
                        parsed.GetValue(calls),
                        parsed.GetValue(refresh),
                        parsed.GetValue(json)
                    )
                    : with.Terminal.Fail(jobs.Problems);
            }
        );
        return command;
    }

    // Stages that ask for the same are one question.
    private static Checked<IReadOnlyList<AskedJob>> Jobs(
        Composition with,
        ParseResult parsed,
        string? file,
        ExperimentInput input,
        AccessWishes wishes
    )
    {
        var (stages, problems) = (new List<AskedJob>(), new List<Problem>());
        if (file is null && input.Given(parsed) is { Count: > 0 } idle)
            problems.Add(
                new(
                    $"Without an experiment file, {string.Join(" and ", idle.Select(name => $"'{name}'"))} would do nothing. Name a file, or leave it out."
                )
            );
        if (file is null)
            stages.Add(new([], Resources.Open));
        else if (
            input.Plan(with, parsed, file, Overrides.None, anywhere: true) is var read
            && read.TryGet(out var planned)
        )
            stages.AddRange(
                planned
                    .Experiment.Stages.Where(stage => planned.Plan.Stages.Any(one => one.Stage == stage.Name))
                    .GroupBy(stage => stage.Resources with { Account = null, Partition = null })
                    .Select(group => new AskedJob([.. group.Select(stage => stage.Name)], group.Key))
            );
        else
            problems.AddRange(read.Problems);
        var jobs = new List<AskedJob>();
        foreach (var stage in stages.Count > 0 ? stages : [new([], Resources.Open)])
            if (wishes.Read(parsed, stage.Wanted) is var said && said.TryGet(out var wanted))
                jobs.Add(stage with { Wanted = wanted });
            else
                problems.AddRange(said.Problems.Except(problems));
        return problems.Count > 0 ? Checked<IReadOnlyList<AskedJob>>.Failed(problems) : jobs;
    }

    private async Task<int> Run(IReadOnlyList<AskedJob> jobs, int calls, bool refresh, bool json)
    {
        var opened = await AccessReading.OpenAsync(with);
        if (!opened.TryGet(out var reading))
            return with.Terminal.Fail(opened.Problems);
        var looks = new List<AccessLook>();
        foreach (var job in jobs)
        {
            // One budget for all of them.
            var map = await reading.MapAsync(job.Wanted, Math.Max(0, calls - reading.Spent), refresh);
            looks.Add(new(job, map, PartitionRanking.Of(map, reading.Site, job.Wanted)));
        }
        if (json)
            PartitionsJson.Print(with.Terminal, reading.Site, looks, with.Time.GetUtcNow());
        else
            new PartitionsScreen(with.Terminal, reading.Site, with.Time.GetUtcNow()).Show(looks);
        return ExitCode.Done;
    }
}

/// <summary>A job that is asked about.</summary>
/// <param name="Stages">The stages that ask for it; none: it was said on the command line, or any small job will do.</param>
/// <param name="Wanted">What it asks for.</param>
internal sealed record AskedJob(IReadOnlyList<string> Stages, Resources Wanted)
{
    /// <summary>Whether any small job is meant.</summary>
    public bool IsAny => Wanted == Resources.Open with { Account = Wanted.Account, Partition = Wanted.Partition };
}

/// <summary>What was found for a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Map">Who takes it.</param>
/// <param name="Choices">Those that do, the best first.</param>
internal sealed record AccessLook(AskedJob Job, AccessMap Map, IReadOnlyList<PartitionChoice> Choices);
