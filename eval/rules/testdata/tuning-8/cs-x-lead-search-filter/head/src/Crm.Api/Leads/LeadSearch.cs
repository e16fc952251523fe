using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Leads;

[ApiController]
[Authorize(Policy = "leads.read")]
[Route("api/leads")]
public sealed class LeadSearchController : ControllerBase
{
    private readonly HttpClient _dataverse;

    public LeadSearchController(IHttpClientFactory factory) => _dataverse = factory.CreateClient("dataverse");

    [HttpGet("search")]
    public async Task<ActionResult<IReadOnlyList<LeadHit>>> Search([FromQuery] string term, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(term) || term.Length > 80)
        {
            return BadRequest("term of 1 to 80 characters");
        }
        var filter = $"_ownerid_value eq {User.DataverseOwnerId()} and contains(companyname,'{term}')";
        var url = "api/data/v9.2/leads?$select=leadid,companyname,emailaddress1&$top=25&$filter=" + Uri.EscapeDataString(filter);

        using var response = await _dataverse.GetAsync(url, ct);
        if (!response.IsSuccessStatusCode)
        {
            return StatusCode(StatusCodes.Status502BadGateway);
        }
        var result = await response.Content.ReadFromJsonAsync<ODataList<LeadHit>>(ct);
        return Ok(result?.Value ?? Array.Empty<LeadHit>());
    }

    private sealed record ODataList<T>([property: JsonPropertyName("value")] IReadOnlyList<T> Value);
}
