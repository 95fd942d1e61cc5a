using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Expflow.Contract;
using VectorQuantization.Benchmarks;
using VectorQuantization.Problems;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark sweep</c>: every combination of methods, settings and seeds, in one process.</summary>
internal sealed class SweepCommand(Composition with)
{
    private static readonly string Description = $"""
        Measure every combination of methods, settings and seeds. What the database has already is left out, so that the same command goes on where it was stopped; a cell that fails doesn't end the rest.

        Examples:
          vq-benchmark sweep --dataset fashion-mnist --method pq opq --m 8,16,32 --bits 4,8 --seed 1..3
          vq-benchmark sweep --dataset sift_base.fvecs --method pq:m=16 sq:bits=8 rabitq --share slurm

        Methods:
        {CodecOptions.Methods}
        """;

    public static Command Create(Composition with)
    {
        var benchmarking = new Benchmarking(with);
        var share = new Option<string?>("--share")
        {
            Description = "Only one of several equal shares of the cells: '2/4', or 'slurm' in a job array.",
        };
        var name = new Option<string?>("--sweep")
        {
            Description = "The sweep's name in the database; one made of its cells by default.",
        };
        var json = SharedOptions.Json();
        var command = new Command("sweep", Description);
        benchmarking.AddOptionsTo(command);
        command.Options.Add(share);
        command.Options.Add(name);
        command.Options.Add(json);
        command.SetAction(parsed =>
            new SweepCommand(with).Run(
                benchmarking,
                parsed,
                parsed.GetValue(share) is { } text ? Share.Parse("--share", text, with.Variable) : Share.Whole,
                parsed.GetValue(name),
                parsed.GetValue(json)
            )
        );
        return command;
    }

    private int Run(Benchmarking benchmarking, ParseResult parsed, Share share, string? name, bool asJson)
    {
        var asked = benchmarking.Read(parsed);
        var cells = share.Take(asked.Cells);
        if (cells.Count == 0)
            throw new BadInputException(
                $"Share {share.Number} of {share.Of} is empty: there are {asked.Cells.Count} cells. Use fewer shares."
            );
        using var signals = new StopSignals();
        using var contract = RunContext.FromEnvironment();
        var rows = new List<ResultRow>();
        var left = 0;
        var failed = benchmarking.Run(
            parsed,
            asked,
            cells,
            ids => name ?? $"sweep-{CellHash.Of(ids.Select(id => ("cell", id)))[..8]}",
            step =>
            {
                Tell(step, asJson);
                if (step.Row is not { } row)
                {
                    left++;
                    return;
                }
                rows.Add(row);
                if (row.IsDone)
                    CellReport.Send(contract, step.Number, row);
            },
            signals.Token
        );
        if (asJson)
            WriteJson(rows, left, failed);
        else
            with.Out.WriteLine(
                $"{cells.Count} cells: {rows.Count - failed} measured, {left} done before, {failed} failed. Rows are in '{asked.Database.Path}'."
            );
        return failed > 0 ? ExitCode.Stopped : ExitCode.Done;
    }

    private void Tell(SweepStep step, bool asJson)
    {
        var text = step.Row is { } row ? RowText.Line(row) : "done before";
        var line = string.Create(CultureInfo.InvariantCulture, $"{step.Number}/{step.Of}  {step.Cell.Label}: {text}");
        (asJson ? with.Error : with.Out).WriteLine(line);
    }

    private void WriteJson(List<ResultRow> rows, int left, int failed)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("measured", rows.Count - failed);
            json.WriteNumber("done_before", left);
            json.WriteNumber("failed", failed);
            json.WriteStartArray("rows");
            foreach (var row in rows)
                RowText.Write(json, row);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        with.Out.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
