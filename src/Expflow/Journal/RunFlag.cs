namespace Expflow.Journal;

/// <summary>Something wrong with a run that otherwise ended well.</summary>
/// <param name="Kind"><c>metric_missing</c>, <c>not_finite</c> or <c>check_failed</c>.</param>
/// <param name="Words">What, as a screen says it.</param>
public sealed record RunFlag(string Kind, string Words);
