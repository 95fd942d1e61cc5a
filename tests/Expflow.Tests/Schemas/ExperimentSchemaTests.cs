using System.Text.Json;
using Expflow.Experiments;
using Expflow.Schemas;
using Xunit;

namespace Expflow.Tests.Schemas;

public sealed class ExperimentSchemaTests
{
    public static TheoryData<string> Tables =>
        [
            .. (
                (KeyTable[])
                    [
                        ExperimentKeys.Stage,
                        ExperimentKeys.Resources,
                        ExperimentKeys.Slurm,
                        ExperimentKeys.Pool,
                        ExperimentKeys.Environment,
                        ExperimentKeys.Container,
                        ExperimentKeys.Retry,
                        ExperimentKeys.RetryRule,
                        ExperimentKeys.Metrics,
                        ExperimentKeys.Check,
                        ExperimentKeys.Sweep,
                        ExperimentKeys.Random,
                        ExperimentKeys.Distribution,
                        ExperimentKeys.Trial,
                        ExperimentKeys.TrialCriteria,
                    ]
            ).Select(table => table.Name),
        ];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_map_that_the_reader_knows_is_defined(string table)
    {
        var definition = Root().GetProperty("$defs").GetProperty(table);

        Assert.False(definition.GetProperty("additionalProperties").GetBoolean());
        Assert.All(
            definition.GetProperty("properties").EnumerateObject(),
            key => Assert.NotEmpty(key.Value.GetProperty("description").GetString()!)
        );
    }

    [Fact]
    public void The_root_has_the_keys_of_the_file()
    {
        Assert.Equal(
            ExperimentKeys.Experiment.Names,
            Root().GetProperty("properties").EnumerateObject().Select(key => key.Name)
        );
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", Root().GetProperty("$schema").GetString());
    }

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var text = ExperimentSchema.Experiment;
        foreach (var part in text.Split("\"#/$defs/").Skip(1))
            Assert.True(Root().GetProperty("$defs").TryGetProperty(part[..part.IndexOf('"')], out _));
    }

    private static JsonElement Root() => JsonDocument.Parse(ExperimentSchema.Experiment).RootElement;
}
