using Expflow.Tests.Golden;
using Xunit;

namespace Expflow.Tests.Screens;

/// <summary>What <c>results</c>, <c>compare</c>, <c>export</c>, <c>plot</c>, <c>note</c> and <c>prune</c> print.</summary>
public sealed class ResultScreenTests : IDisposable
{
    private readonly StoredProject project = new();

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData("all", "results")]
    [InlineData("over-seed", "results digits --over seed --sort -test_accuracy --best test_accuracy")]
    [InlineData("by-model", "results --by model --metric loss --at min --best loss --with-flagged")]
    [InlineData("chosen", "results --where model==mlp --sort loss:desc --limit 2 --metric loss,test_accuracy")]
    [InlineData("json", "results --over seed,lr --json --best loss:min")]
    [InlineData("json-runs", "results --limit 1 --json")]
    [InlineData("misspelt", "results --where mdel==mlp")]
    [InlineData("problems", "results --over sed --metric los,accuracy --limit 0")]
    [InlineData("unknown", "results digit")]
    [InlineData("stage", "results --stage train")]
    public void Results(string name, string command)
    {
        Trainings.In(project);
        GoldenFile.Match($"results/{name}", project.Type(command.Split(' ')));
    }

    [Fact]
    public void Runs_side_by_side()
    {
        var runs = Trainings.In(project).Runs;
        GoldenFile.Match(
            "compare/runs",
            project.Type("compare", $"{runs[0].Id}"[..8], $"{runs[5].Id}"[..8], $"{runs[10].Id}")
        );
    }

    [Theory]
    [InlineData("experiments", "compare digits wide")]
    [InlineData("json", "compare digits wide --json --where lr==0.01")]
    [InlineData("alone", "compare digits")]
    [InlineData("unknown", "compare digits wid 00000")]
    public void Experiments_side_by_side(string name, string command)
    {
        Trainings.In(project);
        var other = project.Submit(
            Trainings.File.Replace("digits", "wide").Replace("0..2", "0..1").Replace("epochs: 4", "epochs: 5"),
            tree: "bbbbbbbbbbbbbbbb",
            dirty: true
        );
        for (var run = 0; run < other.Runs.Count; run++)
            other.Done(run, Trainings.Lines(run + 1));
        GoldenFile.Match($"compare/{name}", project.Type(command.Split(' ')));
    }

    [Fact]
    public void An_export_says_what_stands_where_and_again_that_nothing_is_new()
    {
        Trainings.In(project);
        var first = project.Type("export");
        var bytes = System.IO.File.ReadAllBytes(project["exports/digits.csv"]);
        GoldenFile.Match("export/first", first + project.Type("export"));
        GoldenFile.Match("export/runs.csv", System.IO.File.ReadAllText(project["exports/digits.csv"]));
        System.IO.File.Delete(project["exports/digits.csv"]);
        project.Type("export");
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(project["exports/digits.csv"]));
    }

    [Theory]
    [InlineData("out", "export --out tables/runs.jsonl --no-metrics --where state==done")]
    [InlineData("json", "export --format csv --no-metrics --json")]
    [InlineData("disagree", "export --out runs.csv --format parquet")]
    public void Export(string name, string command)
    {
        Trainings.In(project);
        GoldenFile.Match($"export/{name}", project.Type(command.Split(' ')));
    }

    [Theory]
    [InlineData("curves", "plot")]
    [InlineData("x", "plot --x lr --metric loss --at min")]
    [InlineData("heat", "plot --x lr --y model --out heat.svg")]
    [InlineData("json", "plot --metric loss --over none --where model==mlp --out curves.svg --json")]
    [InlineData("problems", "plot --y lr --metric lss --over sede")]
    [InlineData("nothing", "plot --where seed==9")]
    public void Plot(string name, string command)
    {
        Trainings.In(project);
        GoldenFile.Match($"plot/{name}", project.Type(command.Split(' ')));
    }

    [Fact]
    public void A_stage_that_does_not_report_the_metric_is_not_in_the_picture()
    {
        var submission = project.Submit(
            """
            experiment: m
            snapshot: off
            sweep: {grid: {data: [a, b], seed: 0..1}}
            stages:
              train: {command: 'train {data} {seed}'}
              test: {needs: [train], per: [data], command: 'test {data}'}
            """
        );
        for (var run = 0; run < submission.Runs.Count; run++)
            submission.Done(run, run < 4 ? $"{{\"step\": 1, \"loss\": 0.{run}}}\n" : "{\"step\": 1, \"f1\": 0.5}\n");
        GoldenFile.Match(
            "plot/stages",
            project.Type("plot", "--json", "--out", "m.svg")
                + project.Type("results", "--over", "seed")
                + project.Type("results", "--stage", "test")
        );
    }

    [Fact]
    public void Tags_and_notes_are_kept_and_listed()
    {
        var run = Trainings.In(project).Runs[3].Id;
        var screens = project.Type("note", "--tag", "baseline", "--note", "weight decay did not matter");
        screens += project.Type("note", run.Brief, "--tag", "odd", "--tag", "slow");
        screens += project.Type("note", "digits");
        screens += project.Type("note", run.Brief, "--json");
        screens += project.Type("note", "ffffffffff");
        GoldenFile.Match("note/all", screens);
    }
}
