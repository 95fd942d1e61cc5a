using System.CommandLine;
using System.Text;
using System.Text.Json;
using Expflow.Contract;
using VectorQuantization.Benchmarks;
using VectorQuantization.Problems;
using VectorQuantization.Results;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark run</c>: one method, one setting, one row.</summary>
internal sealed class RunCommand(Composition with)
{
    private static readonly string Description = $"""
        Measure one method with one setting: train, encode, decode, search, and write a row of results.

        Example:
          vq-benchmark run --dataset fashion-mnist --method pq --m 16 --bits 8

        Methods:
        {CodecOptions.Methods}
        """;

    public static Command Create(Composition with)
    {
        var benchmarking = new Benchmarking(with);
        var json = SharedOptions.Json();
        var command = new Command("run", Description);
        benchmarking.AddOptionsTo(command);
        command.Options.Add(json);
        command.SetAction(parsed => new RunCommand(with).Run(benchmarking, parsed, parsed.GetValue(json)));
        return command;
    }

    private int Run(Benchmarking benchmarking, ParseResult parsed, bool asJson)
    {
        var asked = benchmarking.Read(parsed);
        if (asked.Cells.Count > 1)
            throw new BadInputException(
                $"'run' measures one cell, and these are {asked.Cells.Count}. Use 'vq-benchmark sweep' with the same options."
            );
        using var signals = new StopSignals();
        using var contract = RunContext.FromEnvironment();
        SweepStep step = default;
        benchmarking.Run(parsed, asked, asked.Cells, _ => null, ended => step = ended, signals.Token);
        // What was done before stands in the database.
        var row = step.Row ?? asked.Database.Rows().Single(done => done.Cell.Id == step.Id);
        if (row.Failure is { } why)
            throw new BadInputException(why.Split('\n'));
        CellReport.Send(contract, 1, row);
        Print(row, measuredBefore: step.Row is null, asJson);
        return ExitCode.Done;
    }

    private void Print(ResultRow row, bool measuredBefore, bool asJson)
    {
        if (asJson)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
                RowText.Write(json, row);
            with.Out.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
            return;
        }
        if (measuredBefore)
            with.Out.WriteLine("Measured before; '--again' measures it once more.");
        foreach (var line in RowText.Lines(row))
            with.Out.WriteLine(line);
    }
}
