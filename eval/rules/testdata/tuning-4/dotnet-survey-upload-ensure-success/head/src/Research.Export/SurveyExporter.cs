using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Research.Data;

namespace Research.Export;

public sealed class SurveyExporter(HttpClient http, SurveyRepository surveys, ILogger<SurveyExporter> logger)
{
    private const int BatchSize = 200;

    public async Task<int> ExportAsync(Guid studyId, CancellationToken ct)
    {
        var exported = 0;
        while (true)
        {
            var batch = await surveys.NotExportedAsync(studyId, BatchSize, ct);
            if (batch.Count == 0)
            {
                logger.LogInformation("study {Study}: {Count} surveys exported", studyId, exported);
                return exported;
            }

            var document = new ExportDocument(studyId, [.. batch.Select(Row.From)]);
            using var response = await http.PutAsJsonAsync($"studies/{studyId}/batches/{batch[0].Id}", document, ct);
            if (!response.IsSuccessStatusCode)
            {
                logger.LogError("study {Study}: batch refused with {Status}", studyId, (int)response.StatusCode);
                response.EnsureSuccessStatusCode();
            }
            await surveys.MarkExportedAsync([.. batch.Select(s => s.Id)], ct);
            exported += batch.Count;
        }
    }

    private sealed record ExportDocument(Guid StudyId, IReadOnlyList<Row> Rows);

    private sealed record Row(Guid Id, DateTimeOffset SubmittedAt, IReadOnlyDictionary<string, string> Answers)
    {
        public static Row From(Survey survey) => new(survey.Id, survey.SubmittedAt, survey.Answers);
    }
}
