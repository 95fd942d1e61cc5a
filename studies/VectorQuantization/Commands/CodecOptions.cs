using System.CommandLine;
using System.Globalization;
using VectorQuantization.Benchmarks;
using VectorQuantization.Problems;
using VectorQuantization.Quantisers;

namespace VectorQuantization.Commands;

/// <summary>The options that say which methods, with which settings, searched how. Each takes one value, or a list of them.</summary>
internal sealed class CodecOptions
{
    private readonly Option<string[]> method = new("--method")
    {
        Description = "pq, opq …: see below. With settings of its own: 'pq:m=16,bits=8'. Several, one after the other.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> lists = new("--lists")
    {
        Description = "Search with so many inverted lists; without, all codes are scanned.",
    };

    private readonly Option<string?> probe = new("--probe")
    {
        Description = "Inverted lists that a query looks into; 8 by default.",
    };

    private readonly Option<string?> rerank = new("--rerank")
    {
        Description = "So many candidates for each neighbour, of which exact distances choose.",
    };

    private readonly Option<string?> seeds = new("--seed")
    {
        Description = "Seeds: '1', '1,2,3' or '1..5'; 1 by default.",
    };

    private readonly Dictionary<string, Option<string?>> settings = SettingOptions();

    /// <summary>What a command's help says of the methods.</summary>
    public static string Methods =>
        string.Join('\n', QuantiserCatalogue.All.Select(known => $"  {known.Name, -8}{known.Summary}"));

    /// <summary>Gives the command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(method);
        foreach (var setting in settings.Values)
            command.Options.Add(setting);
        foreach (var option in new[] { lists, probe, rerank, seeds })
            command.Options.Add(option);
    }

    /// <summary>All cells that were asked for.</summary>
    /// <exception cref="BadInputException">All that can't be read.</exception>
    public IReadOnlyList<Cell> Cells(ParseResult parsed)
    {
        var problems = new ProblemList();
        var names = parsed.GetValue(method) ?? [];
        problems.Require(names.Length > 0, $"'--method' is missing. There are:\n{Methods}");
        var methods = names
            .Select(name => problems.Try(() => MethodChoice.Parse(name)))
            .OfType<MethodChoice>()
            .ToArray();
        var searches = Searches(parsed, problems);
        var chosenSeeds = Seeds(parsed.GetValue(seeds), problems);
        problems.ThrowIfAny();
        var given = settings
            .Where(setting => parsed.GetValue(setting.Value) is not null)
            .ToDictionary(
                setting => setting.Key,
                setting => (IReadOnlyList<string>)parsed.GetValue(setting.Value)!.Split(',')
            );
        return CellGrid.Of(methods, given, searches, chosenSeeds);
    }

    private static Dictionary<string, Option<string?>> SettingOptions() =>
        QuantiserCatalogue
            .All.SelectMany(known => known.Settings, (known, setting) => (known.Name, Setting: setting))
            .GroupBy(pair => pair.Setting.Name)
            .ToDictionary(
                group => group.Key,
                group => new Option<string?>($"--{group.Key}")
                {
                    Description = string.Join(
                        " | ",
                        group
                            .GroupBy(pair => pair.Setting.Meaning, pair => pair.Name)
                            .Select(same => $"{string.Join(", ", same)}: {same.Key}")
                    ),
                }
            );

    private IReadOnlyList<SearchSettings> Searches(ParseResult parsed, ProblemList problems)
    {
        var listCounts = Numbers("--lists", parsed.GetValue(lists), 0, problems);
        var probes = Numbers("--probe", parsed.GetValue(probe), 8, problems);
        var reranks = Numbers("--rerank", parsed.GetValue(rerank), 0, problems);
        problems.Require(
            parsed.GetValue(probe) is null || parsed.GetValue(lists) is not null,
            "'--probe' looks into inverted lists, and there are none. Add '--lists 256'."
        );
        return
        [
            .. listCounts
                .SelectMany(count => count == 0 ? [0] : probes, (count, some) => (count, some))
                .SelectMany(_ => reranks, (pair, many) => new SearchSettings(pair.count, pair.some, many))
                .Distinct(),
        ];
    }

    private static int[] Numbers(string option, string? text, int otherwise, ProblemList problems)
    {
        var numbers = new List<int>();
        foreach (var one in text?.Split(',') ?? [$"{otherwise}"])
        {
            if (int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
            else
                problems.Add($"'{option} {text}': '{one}' is no whole number. Write '{option} 8' or '{option} 8,16'.");
        }
        return [.. numbers];
    }

    private static ulong[] Seeds(string? text, ProblemList problems)
    {
        const ulong most = 10_000;
        var chosen = new List<ulong>();
        foreach (var part in (text ?? "1").Split(','))
        {
            var ends = part.Split("..");
            if (
                ends.Length <= 2
                && ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                && ulong.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                && last >= first
                && last - first < most
            )
            {
                for (var seed = first; seed <= last; seed++)
                    chosen.Add(seed);
            }
            else
            {
                problems.Add($"'--seed {text}': '{part}' is no seed. Write '1', '1,2,3' or '1..5'.");
            }
        }
        return [.. chosen.Distinct()];
    }
}
