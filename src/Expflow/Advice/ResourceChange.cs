namespace Expflow.Advice;

/// <summary>A resource of a stage that the file is to say otherwise.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Key">The key of <c>resources</c>.</param>
/// <param name="Value">As the file has it: <c>4G</c>.</param>
public sealed record ResourceChange(string Stage, string Key, string Value)
{
    /// <summary>The changes that advice makes.</summary>
    public static IReadOnlyList<ResourceChange> Of(IEnumerable<StageAdvice> stages) =>
        [
            .. stages.SelectMany(stage =>
                stage
                    .Resources.Where(one => one.IsChange)
                    .Select(one => new ResourceChange(
                        stage.Stage.Name,
                        one.Key,
                        ResourceText.Write(one.Key, one.Next!.Value)
                    ))
            ),
        ];
}
