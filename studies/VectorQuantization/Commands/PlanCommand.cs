using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VectorQuantization.Benchmarks;
using VectorQuantization.Formats;

namespace VectorQuantization.Commands;

/// <summary><c>vq-benchmark plan</c>: what a sweep would do, and the memory that it takes.</summary>
internal sealed class PlanCommand(Composition with)
{
    private static readonly string Description = $"""
        Show the cells of a sweep and how much memory each will take, without loading anything. Takes the options of 'sweep'.

        Example:
          vq-benchmark plan --dataset base.fvecs --method pq opq --m 16,32 --bits 8

        Methods:
        {CodecOptions.Methods}
        """;

    public static Command Create(Composition with)
    {
        var benchmarking = new Benchmarking(with);
        var memory = new Option<bool>("--memory")
        {
            Description = "Only the memory, in MiB, that the largest cell takes: for 'sbatch --mem'.",
        };
        var json = SharedOptions.Json();
        var command = new Command("plan", Description);
        benchmarking.AddOptionsTo(command);
        command.Options.Add(memory);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var (cells, limit) = benchmarking.Plan(parsed, benchmarking.Read(parsed));
            new PlanCommand(with).Print(cells, limit, parsed.GetValue(memory), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private void Print(
        IReadOnlyList<(Cell Cell, MemoryPlan Memory)> cells,
        MemoryLimit limit,
        bool onlyMemory,
        bool asJson
    )
    {
        var most = cells.Max(pair => pair.Memory.Bytes);
        if (asJson)
            with.Out.WriteLine(Json(cells, most, limit));
        else if (onlyMemory)
            with.Out.WriteLine(MebiBytes(most));
        else
            PrintTable(cells, most, limit);
    }

    private void PrintTable(IReadOnlyList<(Cell Cell, MemoryPlan Memory)> cells, long most, MemoryLimit limit)
    {
        var width = Math.Max(4, cells.Max(pair => pair.Cell.Label.Length));
        with.Out.WriteLine($"{"cell".PadRight(width)}     data  training     codes   at most");
        foreach (var (cell, memory) in cells)
            with.Out.WriteLine(
                $"{cell.Label.PadRight(width)} {Size(memory.Data)} {Size(memory.Training)} {Size(memory.Codes)} {Size(memory.Bytes)}"
            );
        with.Out.WriteLine(
            $"{cells.Count} cells take {MebiBytes(most)} MiB at most; this process may use {MebiBytes(limit.Bytes)} MiB ({limit.Source})."
        );
    }

    private static string Size(long bytes) => $"{MebiBytes(bytes).ToString(CultureInfo.InvariantCulture), 5} MiB";

    // Rounded up: a request that is a little short is killed.
    private static long MebiBytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;

    private static string Json(IReadOnlyList<(Cell Cell, MemoryPlan Memory)> cells, long most, MemoryLimit limit)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("memory_bytes", most);
            json.WriteNumber("limit_bytes", limit.Bytes);
            json.WriteString("limit_source", limit.Source);
            json.WriteStartArray("cells");
            foreach (var (cell, memory) in cells)
            {
                json.WriteStartObject();
                json.WriteString("label", cell.Label);
                json.WriteNumber("memory_bytes", memory.Bytes);
                json.WriteNumber("data_bytes", memory.Data);
                json.WriteNumber("training_bytes", memory.Training);
                json.WriteNumber("codes_bytes", memory.Codes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
